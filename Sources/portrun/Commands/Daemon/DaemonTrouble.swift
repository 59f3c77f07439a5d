import PortrunBase
import PortrunKit

/// What keeps a daemon that runs from serving.
struct DaemonTrouble {
    /// Behind its name.
    let text: String

    /// nil where it serves.
    init?(_ client: DaemonClient) {
        guard let (status, body) = client.get("/healthz", within: .seconds(2)) else {
            text = "does not tell whether it can use the registry; try again"
            return
        }
        guard status != 200 else { return nil }
        // From a program that may be another one.
        let detail = body["detail"]?.string.map { ": " + TerminalText.onOneLine($0) } ?? ""
        let hint = body["hint"]?.string.map { "; " + TerminalText.onOneLine($0) } ?? ""
        text = "cannot use the registry\(detail)\(hint)"
    }
}
