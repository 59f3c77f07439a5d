import HTTPTypes
import PortrunBase

/// The cookie of a session.
///
/// Cookies of `localhost` are those of all its ports. A name with `__Host-` cannot be set by `app.localhost`, and one with
/// the port is not taken for that of another daemon.
struct DashboardCookie {
    let name: String

    /// - Parameter authority: the `Host` of the request.
    init(of authority: String?) {
        let port = authority?.split(separator: ":").last.flatMap { UInt16($0) } ?? 80
        name = "__Host-portrun-\(port)"
    }

    func field(_ session: DashboardSessions.Session) -> String {
        "\(name)=\(session.id.text); Path=/; Secure; HttpOnly; SameSite=Strict"
    }

    /// What a request has under that name.
    func values(in fields: HTTPFields) -> [String] {
        fields[values: .cookie].flatMap { $0.split(separator: ";") }.compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }) == name else { return nil }
            return String(parts[1].filter { $0 != " " && $0 != "\t" })
        }
    }
}
