import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

extension ExportOptions {
    /// Prints what has changed since the last prompt, for a checkout that the user has allowed.
    ///
    /// Nobody has typed this: a folder that somebody else wrote is entered before it is looked at. So nothing of it is
    /// read until the user has said `portrun allow`, and nothing is done with what has changed since. What was exported
    /// before is taken away then, as it is after a failure: it may be another checkout's. Each is told once.
    func runAsHook(in system: System) throws(OutputError) -> Int32 {
        let environment = system.environment
        // Any command reports a folder that is gone.
        guard let folder = system.workingDirectory else { return 0 }
        let before = environment[WatchState.variable].flatMap { WatchState($0) }
        if let before, before.isCurrent(in: folder) { return 0 }
        var answer = HookAnswer(Overlay(clearing: environment), WatchState(folder: folder))
        var status: Int32 = 0
        do {
            try look(in: system, folder, after: before, &answer)
        } catch let error as any ReportableError {
            Report.error(error)
            status = error.exitStatus
            // At the next prompt it is tried again, whatever folder that is in.
            if case RegistryError.busy = error { answer.watched = WatchState(folder: "") }
        } catch {
            Report.warning(Warning("no ports are exported here: \(error)"))
            status = 125
        }
        if answer.watched.refusals == nil { answer.watched.refusals = before?.refusals }
        if let told = answer.watched.told, told != before?.told { Report.notice(TerminalText.onOneLine(told)) }
        try Report.data(
            format.output(of: answer.overlay, remembering: answer.watched), isTerminal: system.isStandardOutputTerminal)
        return status
    }

    private func look(
        in system: System, _ folder: String, after before: WatchState?, _ answer: inout HookAnswer
    ) throws {
        let checkout = try Checkout(selection, system)
        let memory = Allowance.file(of: checkout)
        func watch(_ list: WatchList, _ told: String? = nil) {
            answer.watched = WatchState(of: list, in: folder, told: told)
        }
        func message(_ objection: Allowance.Objection) -> String {
            objection.message(relativeTo: checkout.workingDirectory)
        }
        let said = Allowance(of: checkout)
        guard let allowance = said, !allowance.isDenied else {
            // What is wrong with the repository keeps a project from being seen.
            let told = checkout.hasProject ? message(.unasked) : checkout.context.warnings.first?.text
            return watch(WatchList(checkout, and: [memory]), said == nil ? told : nil)
        }
        let look = Look(.ofPrompt)
        let plan = Plan(nil, launch, in: checkout, look)
        let objection = allowance.objection(to: look, in: checkout)
        // Before the registry is asked, so that no change meanwhile is missed.
        let paths = [memory] + look.files.map(\.path) + [objection?.path].compactMap { $0 }
        watch(WatchList(plan, and: paths), objection.map(message))
        guard objection == nil else { return }
        // `allow` has told what is refused of the files themselves.
        plan.warnings.filter { !$0.isRefusal }.forEach(Report.warning)
        let (overlay, wake) = try overlay(of: plan) { warnings in
            let refusals = warnings.filter(\.isRefusal)
            let digest = String(SHA256.hexadecimal(of: Array(refusals.map(\.message).joined().utf8)).prefix(16))
            let isTold = refusals.isEmpty || digest == before?.refusals
            warnings.filter { !isTold || !$0.isRefusal }.forEach(Report.warning)
            if !refusals.isEmpty { answer.watched.refusals = digest }
        }
        answer.overlay = overlay
        // What it has booked itself is no news to it, only to other shells.
        if let time = wake { answer.watched.expect(memory, writtenAt: time) }
    }
}

/// What a shell's hook is told.
private struct HookAnswer {
    var overlay: Overlay
    var watched: WatchState

    init(_ overlay: Overlay, _ watched: WatchState) {
        self.overlay = overlay
        self.watched = watched
    }
}
