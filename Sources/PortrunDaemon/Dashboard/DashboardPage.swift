import HTTPTypes
import PortrunBase

/// A whole page of the dashboard.
struct DashboardPage {
    let title: String
    let content: HTML

    var html: HTML {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>\(title)</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="\(DashboardAsset.icon.address)">
        <link rel="stylesheet" href="\(DashboardAsset.style.address)">
        <script src="\(DashboardAsset.script.address)" defer></script>
        </head>
        <body>
        \(content)</body>
        </html>

        """
    }

    /// The answer, which runs nothing but what the daemon serves, and which nobody shows in a page of theirs. Who it leads to
    /// is not told where from; its own forms need that.
    func answer(_ status: HTTPResponse.Status = .ok) -> Answer {
        var answer = Answer.text(html.text, "text/html; charset=utf-8", status)
        answer.headers[.contentSecurityPolicy] =
            "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        answer.headers[Self.referrerPolicy] = "same-origin"
        answer.headers[Self.openerPolicy] = "same-origin"
        return answer
    }

    // Literals that are tokens.
    private static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
    private static let openerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")!
}

extension DashboardPage {
    /// Everything, as far as a search wants it.
    init(_ rows: [DashboardRow], searching search: String, _ recent: [RecentEvent], now: Int64) {
        let checkouts = DashboardCheckout.all(of: rows)
        let words = search.lowercased().split(separator: " ").map(String.init)
        let shown = checkouts.compactMap { $0.matching(words) }
        let listening = rows.count { $0.state == "listening" }
        let strangers = rows.count { $0.state == "stranger" }
        let told: HTML =
            strangers == 0 ? "" : ", <a href=\"/?q=stranger\">strangers on \(strangers)</a>"
        title = "portrun"
        content = """
            <a class="skip" href="#bookings">To the ports</a>
            <header><h1><a href="/">portrun</a></h1>
            <p id="summary">\(Self.count(rows.count, "port")) of \(Self.count(checkouts.count { !$0.context.isMachine }, "checkout")), \
            \(listening) listening\(told)</p>
            <form role="search" action="/"><label for="q">Search</label>
            <input id="q" name="q" type="search" value="\(search)" placeholder="label, branch, port, stranger" \
            autocomplete="off"><button>Search</button></form>
            <p id="live" role="status"></p></header>
            <main>
            <table id="bookings" tabindex="-1"><caption>Ports by checkout</caption>
            <thead><tr><th scope="col">Service</th><th scope="col">Port</th><th scope="col">State</th>\
            <th scope="col">Held by</th><th scope="col">For</th><th scope="col">Actions</th></tr></thead>
            \(shown.map(\.html))</table>
            \(Self.nothing(checkouts.isEmpty, shown.isEmpty))<section id="events" aria-label="Recent events">
            <h2>Recent</h2>
            <p>\(recent.isEmpty ? "Nothing has happened while this page was open." : "")</p>
            <ol>
            \(recent.map { $0.html(now: now) })</ol></section>
            </main>
            <dialog id="question" aria-label="Release a port"></dialog>

            """
    }

    private static func nothing(_ isEmpty: Bool, _ isNothingFound: Bool) -> HTML {
        if isEmpty {
            return """
                <p class="nothing">No port is booked. <code>portrun -- npm run dev</code> in a checkout books its first one.</p>

                """
        }
        return "<p class=\"nothing\" id=\"none\"\(isNothingFound ? "" : " hidden")>Nothing is like that.</p>\n"
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}

extension DashboardPage {
    /// A page that says one thing.
    init(saying heading: String, _ paragraphs: [HTML]) {
        title = "\(heading) · portrun"
        content = """
            <main class="message"><h1>\(heading)</h1>
            \(paragraphs.map { "<p>\($0)</p>\n" })</main>

            """
    }

    /// What is told instead of a page.
    init(_ problem: Problem) {
        var paragraphs: [HTML] = ["\(problem.detail)"]
        if let hint = problem.hint { paragraphs.append("\(hint)") }
        if problem.kind == "session" {
            paragraphs.append("<code>portrun dashboard</code>")
        } else {
            paragraphs.append("<a href=\"/\">The dashboard</a>")
        }
        self.init(saying: problem.kind == "session" ? "Not signed in" : problem.status.reasonPhrase, paragraphs)
    }
}
