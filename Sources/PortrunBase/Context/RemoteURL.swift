/// The address of a remote in any form that git takes: a URL, `user@host:path`, or a path.
struct RemoteURL {
    let text: String

    /// The last part of the path without `.git`, as `git clone` would name the folder; nil when there is
    /// none.
    var repositoryName: String? {
        let path = scheme == nil ? text.split(separator: ":").last ?? "" : afterScheme
        var names = path.split(separator: "/")
        // Cloned from the folder of another clone: `/src/myapp/.git`.
        if names.count > 1 && names.last == ".git" { names.removeLast() }
        guard let last = names.last else { return nil }
        let name = String(last).start(before: ".git") ?? String(last)
        return name.isEmpty ? nil : name
    }

    /// The address without secrets.
    ///
    /// Over HTTP the user goes too, as access tokens are often given in its place; elsewhere only the
    /// password does.
    var withoutSecrets: String {
        guard let scheme else { return text }
        let address = afterScheme.unicodeScalars
        let authority = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@") else { return text }
        let user = Substring(authority[..<at].prefix { $0 != ":" })
        let host = Substring(address[at...].dropFirst())
        return scheme.lowercased().hasPrefix("http") ? "\(scheme)://\(host)" : "\(scheme)://\(user)@\(host)"
    }

    /// `https` of `https://host/path`; nil for `user@host:path` and for paths.
    private var scheme: Substring? {
        let scheme = text.utf8.prefix {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
            default: false
            }
        }
        let rest = text[scheme.endIndex...]
        return !scheme.isEmpty && rest.hasPrefix("://") ? text[..<scheme.endIndex] : nil
    }

    private var afterScheme: Substring {
        scheme.map { Substring(text[$0.endIndex...].unicodeScalars.dropFirst(3)) } ?? text[...]
    }
}
