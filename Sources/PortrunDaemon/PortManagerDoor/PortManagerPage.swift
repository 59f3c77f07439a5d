import HTTPTypes
import PortrunBase

/// What a browser finds in the place of PortManager's dashboard.
enum PortManagerPage {
    static var answer: Answer {
        var answer = Answer.text(html, "text/html; charset=utf-8")
        answer.headers[.contentSecurityPolicy] = "default-src 'none'"
        return answer
    }

    private static let html = """
        <!DOCTYPE html>
        <html lang="en">
        <meta charset="utf-8">
        <title>portrun</title>
        <h1>portrun answers here</h1>
        <p>This is PortManager's address, and <code>portrund</code> answers for it. <code>portrun dashboard</code> opens the
        dashboard, which shows these leases and all other ports.</p>
        </html>

        """
}
