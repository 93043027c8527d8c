Imports System
Imports System.Threading.Tasks
Imports OracleCct.Protocol
Imports OracleCct.Protocol.Testing

Module Program

    Sub Main()
        RunAsync().GetAwaiter().GetResult()
    End Sub

    Private Async Function RunAsync() As Task
        Dim options = New TelephonyAdapterOptions(listener:=New CalloutListenerOptions(port:=0))
        Using adapter = New TelephonyAdapter(options, AddressOf Configure)
            adapter.Start()
            Dim ebs = UwqSimulator.Start(adapter.Url)
            Dim agent = ebs.AddAgent("70002", "7001")
            Console.WriteLine($"register: {Await agent.RegisterAsync()}")
            Console.WriteLine($"login: {Await agent.LoginAsync()}")
            Console.WriteLine($"login: {Await ebs.SendAsync(New LoginCallout("70002", "7001", New AgentPassword("guessed"), "7700"))}")
            Console.WriteLine($"dial: {Await agent.MakeCallAsync("4155550100")}")

            Dim pop = New ScreenPopEvent("42", "+1 (415) 555-0100", "70002").WithPair("AccountNum", "12345")
            Dim session = Await adapter.Desktops(agent.Identity).ScreenPopAsync(pop)
            Console.WriteLine($"popped: {session.ScreenPop}")
            Console.WriteLine($"established: {Await session.EstablishedAsync()}")
            Console.WriteLine($"released: {Await session.ReleasedAsync()}")

            Dim seen = Await agent.ExpectAsync(Of ScreenPopEvent)()
            Console.WriteLine($"seen: {seen.Ani}, account {seen.AccountNum}")
            Await ebs.DisposeAsync()
        End Using
    End Function

    Private Sub Configure(cct As TelephonyAdapterBuilder)
        cct.Handle(Of LoginCallout)(
            Function(login) If(login.AgentPassword.Reveal() = "1234", CalloutReply.Success, CalloutReply.Error("Wrong password.")))
        cct.Accept(Of LogoutCallout)()
        cct.HandleTask(Of MakeCallCallout)(
            Async Function(dial, context, token)
                Await Task.Delay(1, token)
                Console.WriteLine($"dialled: {dial.DialString}")
                Return CalloutReply.Success
            End Function)
    End Sub

End Module
