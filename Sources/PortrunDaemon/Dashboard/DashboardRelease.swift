import PortrunBase
import PortrunKit
import PortrunRegistry

/// The question whether a booking is to be released, and its answer.
struct DashboardRelease {
    let row: DashboardRow
    let session: DashboardSessions.Session

    private var booking: Booking { row.status.booking }

    /// What is asked about. A booking may have moved since, and nobody has been asked about its new port.
    private var subject: String { "\(row.status.context.hash) \(booking.service) \(booking.port)" }

    /// Somebody uses it, or it may be so.
    private var isInUse: Bool { row.status.isLive || row.state == "listening" }

    /// The page that asks.
    ///
    /// - Parameter problem: why it was not done.
    func page(_ problem: Problem? = nil) -> DashboardPage {
        let use: HTML =
            isInUse
            ? """
            <p class="warning">It is in use: \(user). What runs keeps its port, and somebody else may be given it.</p>
            <p><label><input type="checkbox" name="force" value="true" required> Release it all the same</label></p>

            """ : ""
        let told: HTML = problem.map { "<p class=\"warning\" role=\"alert\">\($0.detail)</p>\n" } ?? ""
        let form: HTML = """
            <main class="message"><form class="question" method="post" action="/release/\(booking.id)">
            <h1>Release \(booking.service.description) of \(row.status.context.label)?</h1>
            <p>Its port, \(booking.port.number), can be given to any checkout then.</p>
            \(told)\(use)<input type="hidden" name="token" value="\(session.formToken.text)">
            <input type="hidden" name="subject" value="\(subject)">
            <p><button class="danger">Release</button> <a class="cancel" href="/">Keep it</a></p>
            </form></main>

            """
        return DashboardPage(title: "Release \(booking.service) · portrun", content: form)
    }

    private var user: String {
        guard let holder = row.status.holder else { return "a program of the checkout listens on it" }
        return TerminalText.cut((holder.pid.map { "pid \($0) " } ?? "") + holder.command, to: 120)
    }

    /// Releases it as the form says.
    ///
    /// - Throws: `Problem` 403 for the form of somebody else; 409 for one about something else; why it is not released.
    func perform(_ fields: FormFields, _ core: DaemonCore) async throws {
        guard session.formToken.matches(fields["token"] ?? "") else {
            throw Problem.forbidden("form", "this form is not one of this session", hint: "load the dashboard again")
        }
        guard fields["subject"] == subject else {
            throw Problem(.conflict, "changed", "what was to be released has changed meanwhile")
        }
        let containers = await core.containers.current()
        let (id, isForced) = (booking.id, fields["force"] == "true")
        _ = try await core.desk.use { registry in
            try core.host.machine().release(.number(id), in: registry, beside: containers, isForced: isForced)
        }
    }
}
