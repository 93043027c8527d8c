// Text from the network goes into the page only as text, never as markup.
const $ = id => document.getElementById(id);
const mostShown = 500;

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, attributes);
  element.append(...children);
  return element;
}

function clock(at) {
  const time = new Date(at);
  const text = time.toLocaleTimeString("en-GB") + "." + String(time.getMilliseconds()).padStart(3, "0");
  return make("time", { dateTime: at, textContent: text });
}

// Commands

async function post(path, body = {}) {
  let problem = "The simulator is not reachable. Check that it is running.";
  try {
    const response = await fetch("api/" + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    const text = await response.text();
    const answer = text.startsWith("{") ? JSON.parse(text) : {};
    if (response.ok) {
      if (answer.kind) {
        showReply(answer);
      }
      return answer;
    }
    problem = answer.text ?? `The simulator returned ${response.status}.`;
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
  }
  $("reply").className = "bad";
  $("reply").replaceChildren(problem);
  return null;
}

function describe(reply) {
  switch (reply.kind) {
    case "Success": return ["good", "done"];
    case "Error": return ["bad", `Error: ${reply.errorMessage ?? ""}`];
    case "LostBody": return ["bad", `HTTP ${reply.status}: EBS does not see the reason, because Java drops the body of this reply`];
    case "Redirect": return ["bad", `HTTP ${reply.status}: EBS's client also requests ${reply.errorMessage}`];
    case "NoAnswer": return ["bad", "no reply"];
    case "TimedOut": return ["bad", "no reply in time"];
    default: return ["warn", reply.kind];
  }
}

function replyDetails(reply) {
  const attempts = reply.attempts === 1 ? "" : `, ${reply.attempts} attempts`;
  return `${reply.status === null ? "" : `HTTP ${reply.status}, `}${Math.round(reply.milliseconds)} ms${attempts}`;
}

function showReply(reply) {
  const [kind, sentence] = describe(reply);
  $("reply").className = "";
  $("reply").replaceChildren(
    make("p", {}, make("strong", { textContent: reply.callout + ": " }), make("span", { className: kind, textContent: sentence })),
    make("p", { className: "faint", textContent: replyDetails(reply) }),
    ...(reply.body ? [make("div", { className: "wire", textContent: reply.body })] : []));
}

// Agents

function stateOf(agent, calls) {
  const call = calls.find(one => one.key.startsWith(agent.number + ":") && one.state !== "Released");
  if (call) {
    return [call.state === "Established" ? "good" : "warn", call.state === "Established" ? "in a call" : "screen popped"];
  }
  if (!agent.isRegistered) {
    return ["faint", "signed out"];
  }
  if (!agent.isLoggedIn) {
    return ["faint", "registered"];
  }
  return agent.isReady ? ["good", "ready"] : ["warn", "not ready"];
}

function addAgent(agent) {
  const card = $("agent-template").content.firstElementChild.cloneNode(true);
  const path = "agents/" + agent.number;
  const number = card.querySelector("[name=dialString]");
  card.dataset.number = agent.number;
  card.querySelector(".name").textContent = `${agent.agentId} at ${agent.telesetNumber}`;
  card.querySelector(".where").textContent = `Queue ${agent.queue || "none"}, events to ${agent.listener}`;
  for (const button of card.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => post(`${path}/${button.dataset.do}`));
  }
  for (const button of card.querySelectorAll("[data-send]")) {
    button.addEventListener("click", () => post(path + "/callouts", { functionName: button.dataset.send }));
  }
  card.querySelector(".dial").addEventListener("submit", event => {
    event.preventDefault();
    post(path + "/callouts", { functionName: "MakeCall", dialString: number.value });
  });
  card.querySelector("[data-canonical]").addEventListener("click", () => post(path + "/callouts", { functionName: "DialCanonical", dialString: number.value }));
  card.querySelector(".fault").addEventListener("change", event => post(path + "/fault", { fault: event.target.value }));
  return card;
}

function showAgents(agents, calls) {
  const cards = new Map([...$("agents").children].map(card => [Number(card.dataset.number), card]));
  for (const agent of agents) {
    let card = cards.get(agent.number);
    if (!card) {
      card = addAgent(agent);
      $("agents").append(card);
    }
    cards.delete(agent.number);
    const [kind, text] = stateOf(agent, calls);
    const tag = card.querySelector(".state");
    tag.className = "state tag " + kind;
    tag.textContent = text;
    card.querySelector("[data-do=sign-in]").classList.toggle("main", !agent.isRegistered);
    card.dataset.fault = agent.fault;
    const fault = card.querySelector(".fault");
    if (document.activeElement !== fault) {
      fault.value = agent.fault;
    }
  }
  cards.forEach(card => card.remove());

  const choice = $("callout").elements.agent;
  const names = agents.map(agent => `${agent.agentId} at ${agent.telesetNumber}`);
  if (JSON.stringify(names) !== choice.dataset.names) {
    const chosen = choice.value;
    choice.dataset.names = JSON.stringify(names);
    choice.replaceChildren(...agents.map((agent, i) => {
      const option = make("option", { value: agent.number, textContent: names[i] });
      option.identity = agent;
      return option;
    }), make("option", { value: "", textContent: "agent 7001 at 70002 (example)" }));
    choice.value = agents.some(agent => String(agent.number) === chosen) ? chosen : String(agents[0]?.number ?? "");
    if (!$("callout").elements.query.dataset.edited) {
      fillTemplate();
    }
  }
}

$("add").addEventListener("submit", async event => {
  event.preventDefault();
  const form = event.target.elements;
  const added = await post("agents", {
    telesetNumber: form.telesetNumber.value,
    agentId: form.agentId.value,
    password: form.password.value,
    queue: form.queue.value,
    listenerPort: Number(form.listenerPort.value) });
  if (added === null) {
    return;
  }
  if (event.submitter?.value !== "add") {
    await post(`agents/${added.number}/sign-in`);
  }
  $("adding").open = false;
  form.listenerPort.value = 0;
  for (const field of [form.telesetNumber, form.agentId]) {
    if (/^\d{1,15}$/.test(field.value)) {
      field.value = Number(field.value) + 1;
    }
  }
});

// Any callout

const templates = {
  "CheckStatus": () => ({}),
  "Register": agent => ({ ...who(agent), ipAddress: "127.0.0.1", port: agent.listener?.split(":").pop() ?? "8888" }),
  "Unregister": who,
  "Login": agent => ({ ...who(agent), agentPassword: "", agentQueue: agent.queue ?? "7700" }),
  "Logout": agent => ({ ...who(agent), agentPassword: "", agentQueue: agent.queue ?? "7700" }),
  "Ready": who,
  "NotReady": who,
  "MakeCall": agent => ({ ...who(agent), dialString: "+14155550100" }),
  "DialCanonical": agent => ({ ...who(agent), dialString: "+1 (415) 555-0100" }),
  "an unknown function": agent => ({ FunctionName: "HoldCall", ...who(agent), holdReason: "lunch & more" }),
  "a missing field": () => ({ FunctionName: "Ready", telesetNumber: "70002" }),
  "a duplicate field": agent => `FunctionName=Ready&${form(who(agent))}&agentID=7002`,
  "broken escapes": agent => `FunctionName=MakeCall&${form(who(agent))}&dialString=%4`,
  "no function": agent => form(who(agent)),
  "an empty query": () => "",
};

function who(agent) {
  return { telesetNumber: agent.telesetNumber, agentID: agent.agentId };
}

// Encodes like Java's URLEncoder: a space becomes a plus.
function form(fields) {
  return new URLSearchParams(fields).toString();
}

function fillTemplate() {
  const { template, agent, query } = $("callout").elements;
  const made = templates[template.value](agent.selectedOptions[0]?.identity ?? { telesetNumber: "70002", agentId: "7001" });
  query.value = typeof made === "string" ? made : form({ FunctionName: template.value, ...made });
  delete query.dataset.edited;
}

$("callout").elements.template.append(...Object.keys(templates).map(name => make("option", { value: name, textContent: name })));
$("callout").elements.template.addEventListener("change", fillTemplate);
$("callout").elements.agent.addEventListener("change", fillTemplate);
$("callout").elements.query.addEventListener("input", event => { event.target.dataset.edited = true; });
$("callout").addEventListener("submit", event => {
  event.preventDefault();
  post("callouts", { query: event.target.elements.query.value });
});

// Calls

const callStates = { Popped: "ringing", Established: "talking", Released: "ended" };

function problemNote(problem) {
  const className = "note" + (problem.severity === "Error" ? " bad" : "");
  return make("p", { className }, make("strong", { textContent: problem.code + " " }), problem.message);
}

function showForm(form) {
  return make("li", {},
    make("strong", { textContent: form.form }),
    ...(form.key === null
      ? [make("span", { className: "warn", textContent: "opens without a search: no key" })]
      : [make("span", { className: "key", textContent: form.key }), make("span", { className: "value", textContent: form.value ?? "" })]));
}

function showCall(call) {
  const steps = call.steps.map(step => make("li", {}, step.name + " ", clock(step.at)));
  const problems = call.steps.flatMap(step => step.problems);
  return make("article", { className: `card stack call ${call.state}` },
    make("div", { className: "row spread" },
      make("h3", { textContent: "Call " + call.sourceId }),
      make("span", { className: "tag " + ({ Popped: "warn", Established: "good" }[call.state] ?? "faint"), textContent: callStates[call.state] ?? call.state })),
    make("p", { className: "faint", textContent: call.agent }),
    ...(call.forms.length === 0 ? [] : [
      make("p", {}, "EBS opens one of its forms, which searches for the caller by this key:"),
      make("ul", { className: "forms" }, ...call.forms.map(showForm)),
      make("dl", { className: "pairs" }, ...call.pairs.flatMap(pair => [make("dt", { textContent: pair.name }), make("dd", { textContent: pair.value })])),
    ]),
    ...problems.map(problemNote),
    make("ol", { className: "steps", ariaLabel: "Timeline" }, ...steps));
}

const shownCalls = new Map();

function showCalls(calls) {
  $("no-calls").hidden = calls.length > 0;
  const keys = new Set(calls.map(call => call.key));
  for (const [key, shown] of shownCalls) {
    if (!keys.has(key)) {
      shown.card.remove();
      shownCalls.delete(key);
    }
  }
  // The latest call is first. The loop starts with the oldest call, so that each card goes before the card that follows it.
  let after = null;
  for (const call of calls.toReversed()) {
    const json = JSON.stringify(call);
    const shown = shownCalls.get(call.key);
    if (shown?.json === json) {
      after = shown.card;
      continue;
    }
    const card = showCall(call);
    if (shown) {
      shown.card.replaceWith(card);
    } else {
      card.classList.add("arrived");
      $("calls").insertBefore(card, after ?? null);
    }
    shownCalls.set(call.key, { json, card });
    after = card;
  }
}

// Problems and transcript

function showProblems(count, problems) {
  $("problem-count").textContent = count === 0 ? "none" : String(count);
  $("problem-count").className = "tag " + (count === 0 ? "good" : "bad");
  const json = JSON.stringify(problems);
  if ($("problems").dataset.json !== json) {
    $("problems").dataset.json = json;
    $("problems").replaceChildren(...problems.toReversed().map(problem => make("li", {},
      make("strong", { className: problem.severity === "Error" ? "bad" : "warn", textContent: problem.code + " " }),
      problem.message,
      ...(problem.agent ? [make("span", { className: "faint", textContent: ` (${problem.agent})` })] : []))));
  }
}

let lastMessage = 0;

function showMessages(messages) {
  const list = $("transcript");
  const wasAtTop = list.scrollTop < 20;
  for (const message of messages.filter(one => one.number > lastMessage)) {
    lastMessage = message.number;
    const [kind, sentence] = message.reply ? describe(message.reply) : ["", ""];
    list.prepend(make("li", {},
      make("div", { className: "row" },
        clock(message.at),
        make("strong", { textContent: `${message.isCallout ? "→" : "←"} ${message.name || "(unreadable)"}` }),
        make("span", { className: "faint", textContent: message.agent ?? "" }),
        ...(message.reply ? [
          make("span", { className: kind, textContent: sentence }),
          make("span", { className: "faint", textContent: replyDetails(message.reply) }),
        ] : [])),
      make("div", { className: "wire", textContent: message.text }),
      ...(message.reply?.body ? [make("div", { className: "wire faint", textContent: message.reply.body })] : []),
      ...message.problems.map(problemNote)));
  }
  while (list.children.length > mostShown) {
    list.lastElementChild.remove();
  }
  if (wasAtTop) {
    list.scrollTop = 0;
  }
}

$("clear").addEventListener("click", () => $("transcript").replaceChildren());

// The stream of the page's data

let isFirst = true;
const stream = new EventSource("api/events");
stream.onopen = () => {
  $("connection").textContent = "live";
  $("connection").className = "good";
  lastMessage = 0;
  $("transcript").replaceChildren();
};
stream.onerror = () => {
  $("connection").textContent = "simulator not reachable";
  $("connection").className = "bad";
};
stream.onmessage = event => {
  const view = JSON.parse(event.data);
  $("softphone").textContent = view.softphone;
  if (isFirst) {
    isFirst = false;
    $("adding").open = view.agents.length === 0;
    if (view.agents.length === 0) {
      $("add").elements.listenerPort.value = view.listenerPort;
    }
  }
  showAgents(view.agents, view.calls);
  showCalls(view.calls);
  showProblems(view.problemCount, view.problems);
  showMessages(view.messages);
};
