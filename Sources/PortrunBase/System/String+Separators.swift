/// Separators are found by bytes: whatever stands behind one does not hide it. See `String+Bytes.swift`.
///
/// Of a separator the first byte counts; none has more.
extension String {
    package func split(
        separator: Character, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [Substring] {
        self[...].split(
            separator: separator, maxSplits: maxSplits, omittingEmptySubsequences: omittingEmptySubsequences)
    }

    /// What stands before the first `separator`, and what follows it; nil for the second where there is none.
    package func parts(at separator: Unicode.Scalar) -> (before: String, after: String?) {
        guard let index = utf8.firstIndex(of: UInt8(ascii: separator)) else { return (self, nil) }
        return (String(self[..<index]), String(self[utf8.index(after: index)...]))
    }

    package func firstIndex(of separator: Character) -> Index? { self[...].firstIndex(of: separator) }

    package func lastIndex(of separator: Character) -> Index? { self[...].lastIndex(of: separator) }

    package func contains(_ separator: Character) -> Bool { self[...].firstIndex(of: separator) != nil }
}

extension Substring {
    package func split(
        separator: Character, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [Substring] {
        let byte = separator.utf8.first!
        var parts: [Substring] = []
        var start = startIndex
        var index = startIndex
        while index < endIndex, parts.count < maxSplits {
            let next = utf8.index(after: index)
            if utf8[index] == byte {
                if start < index || !omittingEmptySubsequences { parts.append(self[start..<index]) }
                start = next
            }
            index = next
        }
        if start < endIndex || !omittingEmptySubsequences { parts.append(self[start...]) }
        return parts
    }

    package func firstIndex(of separator: Character) -> Index? {
        utf8.firstIndex(of: separator.utf8.first!)
    }

    package func lastIndex(of separator: Character) -> Index? {
        utf8.lastIndex(of: separator.utf8.first!)
    }

    package func contains(_ separator: Character) -> Bool { firstIndex(of: separator) != nil }
}
