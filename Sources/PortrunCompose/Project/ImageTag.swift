import PortrunBase

/// The name of an image that is built here: `shop/api`, `localhost:5000/shop/api:dev`.
struct ImageTag {
    private let repository: String
    private let tag: String?

    /// A tag has no more characters than this (distribution/reference, «tag»).
    private static let lengthLimit = 128

    /// nil for a name with a digest, which no build can give.
    init?(_ text: String) {
        guard !text.isEmpty, !text.contains("@") else { return nil }
        // A colon before a slash parts a registry's host and port.
        let colon = text.lastIndex(of: ":").flatMap { text[$0...].contains("/") ? nil : $0 }
        repository = String(text[..<(colon ?? text.endIndex)])
        tag = colon.map { String(decoding: text[$0...].utf8.dropFirst(), as: UTF8.self) }
    }

    /// The same image as `project` builds it: `shop/api:dev-shop-feature`, without a tag `shop/api:shop-feature`.
    func isolated(for project: String) -> String {
        guard let tag, !tag.isEmpty else { return "\(repository):\(project)" }
        return "\(repository):\(tag.prefix(max(Self.lengthLimit - project.count - 1, 1)))-\(project)"
    }
}
