open System.Threading.Tasks
open OracleCct.Protocol
open OracleCct.Protocol.Testing

let run () =
    task {
        let options = TelephonyAdapterOptions(listener = CalloutListenerOptions(port = 0))

        use adapter =
            new TelephonyAdapter(
                options,
                fun cct ->
                    cct
                        .Handle<LoginCallout>(fun login ->
                            if login.AgentPassword.Reveal() = "1234" then
                                CalloutReply.Success
                            else
                                CalloutReply.Error "Wrong password.")
                        .Accept<LogoutCallout>()
                        .HandleTask<MakeCallCallout>(fun call context token ->
                            task {
                                do! Task.Delay(1, token)
                                printfn $"dialled: {call.DialString}"
                                return CalloutReply.Success
                            })
                    |> ignore
            )

        adapter.Start()
        use ebs = UwqSimulator.Start adapter.Url
        let agent = ebs.AddAgent("70002", "7001")
        let! registered = agent.RegisterAsync()
        printfn $"register: {registered}"
        let! accepted = agent.LoginAsync()
        printfn $"login: {accepted}"
        let! refused = ebs.SendAsync(LoginCallout("70002", "7001", AgentPassword "guessed", "7700"))
        printfn $"login: {refused}"
        let! dialled = agent.MakeCallAsync "4155550100"
        printfn $"dial: {dialled}"

        let pop = ScreenPopEvent("42", "+1 (415) 555-0100", "70002").WithPair("AccountNum", "12345")
        let! call = adapter.Desktops[agent.Identity].ScreenPopAsync pop
        printfn $"popped: {call.ScreenPop}"
        let! established = call.EstablishedAsync()
        printfn $"established: {established}"
        let! released = call.ReleasedAsync()
        printfn $"released: {released}"

        let! seen = agent.ExpectAsync<ScreenPopEvent>()
        printfn $"seen: {seen.Ani}, account {seen.AccountNum}"
    }

run().GetAwaiter().GetResult()
