// Text from the network goes into the page only through textContent, never as markup.
const MOST_MESSAGES = 200;

const STATES = {
  Available: ["Ready", "The agent can get the next call."],
  NeverReady: ["Not ready yet", "Logging in does not make the agent ready. EBS must send Ready."],
  NotReady: ["Not ready", "Only EBS can make the agent ready."],
  LoggedOut: ["Logged out", "Only EBS can log the agent in."],
  CallSinceReady: ["After a call", "Finish the interaction in EBS, which then sends Ready."],
};

const IN_CALL = ["In a call", "After the call, the agent is not ready until EBS sends Ready."];

const at = id => document.getElementById(id);
const wanted = new URLSearchParams(location.search);

let state = { callouts: null, agents: [] };
let chosen = wanted.has("agent") ? { agentId: wanted.get("agent"), extension: wanted.get("extension") } : null;
let messages = [];

const isSame = (one, other) => one.agentId === other.agentId && (one.extension === other.extension || other.extension === null);
const nameOf = agent => `${agent.agentId} at ${agent.extension ?? "any extension"}`;
const current = () => (chosen ? state.agents.find(agent => isSame(agent, chosen)) : undefined);

function choose(agent) {
  chosen = { agentId: agent.agentId, extension: agent.extension };
  const query = new URLSearchParams({ agent: agent.agentId, extension: agent.extension });
  history.replaceState(null, "", `?${query}`);
}

function setText(id, text) {
  const element = at(id);
  if (element.textContent !== text) {
    element.textContent = text; // only on a change: screen readers announce every assignment
  }
}

function show(id, isShown) {
  at(id).hidden = !isShown;
}

function renderPicker() {
  const picker = at("agent-picker");
  const agents = current() || !chosen ? state.agents : [...state.agents, { ...chosen, ebsAddress: null, isMissing: true }];
  picker.replaceChildren(...agents.map((agent, index) => {
    const text = nameOf(agent) + (agent.isMissing ? " (not signed in)" : agent.call?.state === "Ringing" ? " (ringing)" : agent.call ? " (talking)" : "");
    return new Option(text, index, false, chosen !== null && isSame(agent, chosen));
  }));
  picker.disabled = agents.length === 0;
  picker.agents = agents;
}

function renderAgent(agent) {
  show("no-agent", !agent);
  setText("no-agent-title", chosen ? `Agent ${nameOf(chosen)} is not signed in` : "No agent is signed in");
  setText("callouts-url", state.callouts ?? location.origin + "/");
  show("agent", Boolean(agent));
  show("call", Boolean(agent));
  show("dial-form", Boolean(agent));
  show("caller-form", Boolean(agent));
  if (!agent) {
    return;
  }

  const [word, hint] = !agent.ebsAddress ? ["Not registered", "EBS unregistered the agent during the call."]
    : agent.call ? IN_CALL
    : STATES[agent.availability] ?? [agent.availability, ""];
  setText("agent-title", `Agent ${nameOf(agent)}`);
  setText("agent-state", word);
  at("agent-state").dataset.state = agent.ebsAddress ? agent.availability : "gone";
  setText("agent-hint", hint);
}

function renderCall(agent) {
  const call = agent?.call;
  const rings = call?.state === "Ringing";
  const words = !call ? "No call" : rings ? (call.isOutgoing ? "Calling" : "Incoming call") : "Talking with";
  at("call").dataset.state = call?.state ?? "none";
  setText("call-state", words);
  setText("call-number", call?.number ?? "");
  show("call-number", Boolean(call));
  const wasFocused = document.activeElement === at("answer-button");
  show("answer-button", Boolean(rings && !call.isOutgoing));
  show("hangup-button", Boolean(call));
  setText("hangup-button", rings && !call.isOutgoing ? "Reject" : "Hang up");
  if (wasFocused && at("answer-button").hidden && call) {
    at("hangup-button").focus();
  }

  at("dial-button").disabled = Boolean(call);
  at("caller-button").disabled = Boolean(call);
  document.title = call ? `${words} ${call.number} – Web softphone` : "Web softphone";
  renderTime();
}

function renderTime() {
  const call = current()?.call;
  const isTalking = call?.state === "Talking";
  show("call-time", isTalking);
  if (isTalking) {
    const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(call.since)) / 1000));
    at("call-time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}

function render() {
  if (!chosen && state.agents.length > 0) {
    choose(state.agents[0]);
  }

  const agent = current();
  if (agent && chosen.extension === null) {
    choose(agent);
  }

  renderPicker();
  renderAgent(agent);
  renderCall(agent);
}

function part(className, text, tag = "span") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function lineOf(message) {
  const line = document.createElement("li");
  line.dataset.good = message.isGood;
  line.dataset.name = message.name;
  const head = document.createElement("div");
  head.className = "message";
  const time = part("at", new Date(message.at).toLocaleTimeString(), "time");
  time.dateTime = message.at;
  head.append(
    time,
    part("direction", message.isCallout ? "EBS → softphone" : "softphone → EBS"),
    part("name", message.name, "strong"),
    ...(message.agentId === null ? [] : [part("whose", nameOf(message))]),
    part("outcome", message.outcome));
  line.append(head, part("text", message.text, "code"));
  return line;
}

const isShown = message => at("all-agents").checked || message.agentId === null || !chosen || isSame(message, chosen);

function append(message) {
  const list = at("transcript");
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(lineOf(message));
  while (list.childElementCount > MOST_MESSAGES) {
    list.firstElementChild.remove();
  }

  if (isAtEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

function renderTranscript() {
  at("transcript").replaceChildren();
  messages.filter(isShown).forEach(append);
  show("transcript-empty", at("transcript").childElementCount === 0);
}

async function ask(action, number) {
  setText("problem", "");
  try {
    const response = await fetch(action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ agentId: chosen.agentId, extension: chosen.extension, number }),
    });
    if (!response.ok) {
      setText("problem", (await response.json()).text);
    }

    return response.ok;
  } catch {
    setText("problem", "The softphone does not respond. Check that it is running.");
    return false;
  }
}

function onSubmit(form, field, action) {
  at(form).addEventListener("submit", async event => {
    event.preventDefault();
    if (await ask(action, at(field).value.trim())) {
      at(field).value = "";
    }
  });
}

onSubmit("dial-form", "dial-number", "dial");
onSubmit("caller-form", "caller-number", "ring");
at("answer-button").addEventListener("click", () => ask("answer"));
at("hangup-button").addEventListener("click", () => ask("hangup"));
at("all-agents").addEventListener("change", renderTranscript);
at("agent-picker").addEventListener("change", event => {
  choose(event.target.agents[event.target.value]);
  setText("problem", "");
  render();
  renderTranscript();
});
setInterval(renderTime, 1000);

const events = new EventSource("events");
events.addEventListener("open", () => {
  messages = []; // the softphone sends them all again
  renderTranscript();
  at("connection").dataset.state = "live";
  setText("connection", "Live");
});
events.addEventListener("error", () => {
  at("connection").dataset.state = "lost";
  setText("connection", "Softphone not reachable");
  if (events.readyState === EventSource.CLOSED) {
    setTimeout(() => location.reload(), 3000);
  }
});
events.addEventListener("state", event => {
  const isFirst = !chosen;
  state = JSON.parse(event.data);
  render();
  if (isFirst && chosen) {
    renderTranscript();
  }
});
events.addEventListener("wire", event => {
  const message = JSON.parse(event.data);
  messages = [...messages.slice(1 - MOST_MESSAGES), message];
  if (isShown(message)) {
    append(message);
    show("transcript-empty", false);
  }
});
