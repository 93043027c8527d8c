"""Plays EBS in a conversation with ConsoleSoftphone, with Python's standard library alone.

Usage: python3 ebs_client.py URL. Exit code 0: every message was as expected.
"""
import http.server
import queue
import sys
import threading
import urllib.parse
import urllib.request
import xml.etree.ElementTree

DEADLINE = 10

events = queue.Queue()
softphone = sys.argv[1]
# Requests to this machine bypass the environment's proxy.
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Listener(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
        events.put((self.headers["Content-Type"], body))

    def log_message(self, format, *args):
        pass


def expect(what, expected, actual):
    if expected != actual:
        sys.exit(f"{what}: expected {expected!a}, actual {actual!a}")


def get(function, **parameters):
    query = urllib.parse.urlencode({"FunctionName": function, **parameters})
    with opener.open(f"{softphone}?{query}", timeout=DEADLINE) as reply:
        expect("status", 200, reply.status)
        return reply.read()


def call_out(function, **parameters):
    """Sends a callout of the agent."""
    return get(function, telesetNumber="70002", agentID="7001", **parameters)


def ask(function, **parameters):
    """Sends a callout of the agent and expects success."""
    expect(f"reply to {function}", b"", call_out(function, **parameters))


def read_event(name, document):
    root = xml.etree.ElementTree.fromstring(document)
    expect("root", "CCTSDK", root.tag)
    expect("event", [name], [event.get("name") for event in root])
    return {data.get("name"): data.get("value") for data in root[0]}


def next_event(name):
    content_type, document = events.get(timeout=DEADLINE)
    expect("Content-Type", "text/xml", content_type)
    return read_event(name, document)


with http.server.HTTPServer(("127.0.0.1", 0), Listener) as listener:
    threading.Thread(target=listener.serve_forever, daemon=True).start()

    ask("Register", ipAddress="127.0.0.1", port=listener.server_port)
    ask("Login", agentPassword="open sesame", agentQueue="S\u00fcd + West")
    ask("Ready")
    expect("reply to CheckStatus", b"", get("CheckStatus"))

    ask("MakeCall", dialString="+1 415 555 0100")
    screen_pop = next_event("ScreenPop")
    call = screen_pop["occtSourceID"]
    expect("ScreenPop", {"occtSourceID": call, "occtANI": "14155550100", "occtDNIS": "70002"}, screen_pop)
    expect("CallEstablished", {"occtSourceID": call}, next_event("CallEstablished"))
    expect("CallReleased", {"occtSourceID": call}, next_event("CallReleased"))

    error = read_event("Error", call_out("MakeCall", dialString="Zo\u00eb + Bob"))
    expect("Error", {"occtErrorMsg": '"Zo\u00eb + Bob" is not a telephone number. Use digits and the usual separators.'}, error)

    ask("NotReady")
    ask("Logout", agentPassword="open sesame", agentQueue="S\u00fcd + West")
    ask("Unregister")
    listener.shutdown()

print("Every message was as expected.")
