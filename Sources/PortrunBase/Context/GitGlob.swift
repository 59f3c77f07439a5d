/// A pattern of `includeIf`, matched as wildmatch.c does with WM_PATHNAME.
///
/// `?` and `*` stop at slashes; `**` between slashes or at an end does not; `\` takes the next character as
/// it is.
struct GitGlob {
    private let pattern: [UInt8]
    private let foldsCase: Bool

    /// - Returns: nil for a pattern with a bracket expression, which is left to git.
    init?(_ pattern: String, foldsCase: Bool = false) {
        guard !pattern.utf8.contains(UInt8(ascii: "[")) else { return nil }
        self.pattern = Self.bytes(of: pattern, foldsCase: foldsCase)
        self.foldsCase = foldsCase
    }

    func matches(_ text: String) -> Bool {
        matches(pattern[...], Self.bytes(of: text, foldsCase: foldsCase)[...])
    }

    /// Only ASCII letters have two cases for git.
    private static func bytes(of text: String, foldsCase: Bool) -> [UInt8] {
        text.utf8.map { foldsCase && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }

    private func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        var (pattern, text) = (pattern, text)
        while var byte = pattern.popFirst() {
            if byte == UInt8(ascii: "*") { return matchesStar(before: pattern, text) }
            guard let other = text.popFirst() else { return false }
            if byte == UInt8(ascii: "?") {
                if other == UInt8(ascii: "/") { return false }
                continue
            }
            if byte == UInt8(ascii: "\\"), let escaped = pattern.popFirst() { byte = escaped }
            if byte != other { return false }
        }
        return text.isEmpty
    }

    /// - Parameter rest: what follows the first star of a run.
    private func matchesStar(before rest: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
        let star = rest.startIndex - 1
        let rest = rest.drop { $0 == UInt8(ascii: "*") }
        let isBounded =
            (star == 0 || pattern[star - 1] == UInt8(ascii: "/"))
            && (rest.isEmpty || rest.first == UInt8(ascii: "/"))
        let crossesSlashes = rest.startIndex - star > 1 && isBounded
        // `**/` matches no folder at all, too.
        if crossesSlashes && !rest.isEmpty && matches(rest.dropFirst(), text) { return true }
        var text = text
        while !matches(rest, text) {
            guard let byte = text.popFirst(), crossesSlashes || byte != UInt8(ascii: "/") else {
                return false
            }
        }
        return true
    }
}
