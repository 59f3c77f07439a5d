import HTTPTypes
import PortrunBase

/// A file that the pages name. There is no secret in it.
struct DashboardAsset: Sendable {
    let name: String
    let type: String
    let text: String

    static let all = [style, script, icon]

    /// Where it is. Another content has another address, so that browsers need not ask again for what they have.
    var address: String { "/assets/\(name)?\(version)" }

    private var version: String {
        var hash = FNV1a()
        Array(text.utf8).withUnsafeBytes { hash.add($0) }
        return String(hash.value, radix: 36)
    }

    var answer: Answer {
        var answer = Answer.text(text, type)
        answer.headers[.cacheControl] = "max-age=31536000, immutable"
        return answer
    }

    static let icon = DashboardAsset(
        name: "icon.svg", type: "image/svg+xml",
        text: """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" \
            fill="#0b6e4f"/><circle cx="5" cy="8" r="2" fill="#fff"/><circle cx="11" cy="8" r="2" fill="#fff"/></svg>

            """)
}
