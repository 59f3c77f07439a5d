/// Separators are found by scalars: whatever stands behind one does not hide it. See `String+Bytes.swift`.
///
/// Of a separator the first scalar counts; none has more.
extension String {
    package func split(
        separator: Character, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [Substring] {
        self[...].split(
            separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences)
    }

    /// What stands before the first `separator`, and what follows it; nil for the second where there is none.
    package func parts(at separator: Unicode.Scalar) -> (before: String, after: String?) {
        guard let index = unicodeScalars.firstIndex(of: separator) else { return (self, nil) }
        return (String(self[..<index]), String(unicodeScalars[index...].dropFirst()))
    }

    package func firstIndex(of separator: Character) -> Index? { self[...].firstIndex(of: separator) }

    package func lastIndex(of separator: Character) -> Index? { self[...].lastIndex(of: separator) }

    package func contains(_ separator: Character) -> Bool { self[...].firstIndex(of: separator) != nil }
}

extension Substring {
    package func split(
        separator: Character, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [Substring] {
        var parts: [Substring] = []
        for part in unicodeScalars.split(
            separator: separator.unicodeScalars.first!, maxSplits: maxSplits,
            omittingEmptySubsequences: omittingEmptySubsequences)
        {
            parts.append(Substring(part))
        }
        return parts
    }

    package func firstIndex(of separator: Character) -> Index? {
        unicodeScalars.firstIndex(of: separator.unicodeScalars.first!)
    }

    package func lastIndex(of separator: Character) -> Index? {
        unicodeScalars.lastIndex(of: separator.unicodeScalars.first!)
    }

    package func contains(_ separator: Character) -> Bool { firstIndex(of: separator) != nil }
}
