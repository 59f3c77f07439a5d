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

    /// In steps by the length of the pattern times that of `text`, at most.
    func matches(_ text: String) -> Bool {
        var walk = Walk(pattern: pattern, text: Self.bytes(of: text, foldsCase: foldsCase))
        return walk.matches()
    }

    /// Only ASCII letters have two cases for git.
    private static func bytes(of text: String, foldsCase: Bool) -> [UInt8] {
        text.utf8.map { foldsCase && (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}

extension GitGlob {
    /// One way along the text. Where it fails, the last `*` takes one character more, and where that is a slash, the
    /// last `**` does. Whatever an earlier one might take instead, the later one can take as well.
    private struct Walk {
        let pattern: [UInt8]
        let text: [UInt8]
        /// Where the walk is in the pattern, and in the text.
        private var place = 0
        private var position = 0
        private var star: Stop?
        private var doubleStar: Stop?

        /// Where to go on when the way fails.
        private struct Stop {
            /// What follows the stars.
            let place: Int
            var position: Int
            /// Of `**/`, which takes whole folders.
            var takesFolders = false
        }

        private static let slash = UInt8(ascii: "/")
        private static let asterisk = UInt8(ascii: "*")
        private static let backslash = UInt8(ascii: "\\")

        init(pattern: [UInt8], text: [UInt8]) {
            self.pattern = pattern
            self.text = text
        }

        mutating func matches() -> Bool {
            while place < pattern.count || position < text.count {
                if place < pattern.count, pattern[place] == Self.asterisk {
                    passStars()
                } else if !passCharacter(), !turnBack() {
                    return false
                }
            }
            return true
        }

        private mutating func passCharacter() -> Bool {
            guard place < pattern.count, position < text.count else { return false }
            var byte = pattern[place]
            if byte == UInt8(ascii: "?") {
                guard text[position] != Self.slash else { return false }
            } else {
                if byte == Self.backslash, place + 1 < pattern.count {
                    place += 1
                    byte = pattern[place]
                }
                guard text[position] == byte else { return false }
            }
            place += 1
            position += 1
            return true
        }

        private mutating func passStars() {
            let start = place
            while place < pattern.count, pattern[place] == Self.asterisk { place += 1 }
            let isBounded = (start == 0 || pattern[start - 1] == Self.slash) && isAtBoundary
            guard place - start > 1, isBounded else {
                star = Stop(place: place, position: position)
                return
            }
            // `**/` takes no folder at all, too.
            let takesFolders = place < pattern.count && pattern[place] == Self.slash
            if takesFolders { place += 1 }
            doubleStar = Stop(place: place, position: position, takesFolders: takesFolders)
            star = nil
        }

        /// Whether the pattern ends here, or a slash follows.
        private var isAtBoundary: Bool {
            guard place < pattern.count else { return true }
            if pattern[place] == Self.slash { return true }
            return pattern[place] == Self.backslash && place + 1 < pattern.count && pattern[place + 1] == Self.slash
        }

        /// - Returns: false when no way is left.
        private mutating func turnBack() -> Bool {
            if var stop = star, stop.position < text.count, text[stop.position] != Self.slash {
                stop.position += 1
                star = stop
                (place, position) = (stop.place, stop.position)
                return true
            }
            star = nil
            guard var stop = doubleStar else { return false }
            while stop.position < text.count {
                stop.position += 1
                guard !stop.takesFolders || text[stop.position - 1] == Self.slash else { continue }
                doubleStar = stop
                (place, position) = (stop.place, stop.position)
                return true
            }
            return false
        }
    }
}
