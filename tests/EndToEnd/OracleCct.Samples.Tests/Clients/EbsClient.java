import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Plays EBS in a conversation with ConsoleSoftphone, with the JDK alone.
 * Usage: java EbsClient.java URL. Exit code 0: every message was as expected.
 */
public final class EbsClient {
    private static final int DEADLINE_MS = 10_000;

    private static final BlockingQueue<Document> events = new LinkedBlockingQueue<>();
    private static String softphone;

    public static void main(String[] args) throws Exception {
        softphone = args[0];
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            expect("method", "POST", exchange.getRequestMethod());
            expect("Content-Type", "text/xml", exchange.getRequestHeaders().getFirst("Content-Type"));
            Document document = parse(exchange.getRequestBody());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            events.add(document);
        });
        listener.start();

        ask("Register", "ipAddress", "127.0.0.1", "port", Integer.toString(listener.getAddress().getPort()));
        ask("Login", "agentPassword", "open sesame", "agentQueue", "S\u00fcd + West");
        ask("Ready");
        expect("reply to CheckStatus", "", get("?FunctionName=CheckStatus"));

        ask("MakeCall", "dialString", "+1 415 555 0100");
        Element screenPop = nextEvent("ScreenPop");
        expect("occtANI", "14155550100", value(screenPop, "occtANI"));
        expect("occtDNIS", "70002", value(screenPop, "occtDNIS"));
        String call = value(screenPop, "occtSourceID");
        expect("call", call, value(nextEvent("CallEstablished"), "occtSourceID"));
        expect("call", call, value(nextEvent("CallReleased"), "occtSourceID"));

        String reply = get(query("MakeCall", "dialString", "Zo\u00eb + Bob"));
        Element error = event(parse(new ByteArrayInputStream(reply.getBytes(StandardCharsets.US_ASCII))), "Error");
        expect("occtErrorMsg", "\"Zo\u00eb + Bob\" is not a telephone number. Use digits and the usual separators.", value(error, "occtErrorMsg"));

        ask("NotReady");
        ask("Logout", "agentPassword", "open sesame", "agentQueue", "S\u00fcd + West");
        ask("Unregister");
        listener.stop(0);
        System.out.println("Every message was as expected.");
    }

    /** Sends a callout of the agent and expects success. */
    private static void ask(String function, String... parameters) throws IOException {
        expect("reply to " + function, "", get(query(function, parameters)));
    }

    private static String query(String function, String... parameters) {
        StringBuilder query = new StringBuilder("?FunctionName=" + function + "&telesetNumber=70002&agentID=7001");
        for (int i = 0; i < parameters.length; i += 2) {
            query.append('&').append(parameters[i]).append('=').append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private static String get(String query) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) new URL(softphone + query).openConnection();
        connection.setConnectTimeout(DEADLINE_MS);
        connection.setReadTimeout(DEADLINE_MS);
        expect("status", "200", Integer.toString(connection.getResponseCode()));
        try (InputStream body = connection.getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static Element nextEvent(String name) throws InterruptedException {
        Document document = events.poll(DEADLINE_MS, TimeUnit.MILLISECONDS);
        expect("arrival of " + name, "true", Boolean.toString(document != null));
        return event(document, name);
    }

    private static Element event(Document document, String name) {
        expect("root", "CCTSDK", document.getDocumentElement().getTagName());
        Element event = (Element) document.getElementsByTagName("event").item(0);
        expect("event", name, event.getAttribute("name"));
        return event;
    }

    private static String value(Element event, String name) {
        NodeList data = event.getElementsByTagName("data");
        for (int i = 0; i < data.getLength(); i++) {
            if (((Element) data.item(i)).getAttribute("name").equals(name)) {
                return ((Element) data.item(i)).getAttribute("value");
            }
        }
        return "nothing";
    }

    private static Document parse(InputStream xml) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
        } catch (ParserConfigurationException | SAXException exception) {
            throw new IOException(exception);
        }
    }

    private static void expect(String what, String expected, String actual) {
        if (!expected.equals(actual)) {
            System.err.println(what + ": expected " + expected + ", actual " + actual);
            System.exit(1);
        }
    }
}
