/// Strings byte for byte, as git, compose, JSON, YAML, file systems and environments have them.
///
/// The standard library takes `é` in one character and in two for equal, and a `/` with an accent behind it for no
/// slash: names that look alike would be taken for each other, and a separator could be hidden. These stand in its
/// members' place wherever PortrunBase is imported. What is generic keeps to the standard library's: keys of
/// dictionaries and members of sets are `ExactString`, and tuples are compared part by part.
extension String {
    @inlinable
    package static func == (left: String, right: String) -> Bool {
        left.utf8.count == right.utf8.count && left.hasBytes(of: right, from: 0)
    }

    @inlinable
    package static func != (left: String, right: String) -> Bool { !(left == right) }

    /// Always in its place: a `switch` over scores of names is mostly done with their lengths.
    @inlinable
    @inline(__always)
    package static func ~= (pattern: String, text: String) -> Bool {
        pattern.utf8.count == text.utf8.count && text.hasBytes(of: pattern, from: 0)
    }

    package func hasPrefix(_ prefix: String) -> Bool { hasBytes(of: prefix, from: 0) }

    package func hasSuffix(_ suffix: String) -> Bool { hasBytes(of: suffix, from: utf8.count - suffix.utf8.count) }

    /// What follows `prefix`; nil when the text does not start with it.
    package func rest(after prefix: String) -> String? {
        guard hasPrefix(prefix) else { return nil }
        return String(decoding: utf8.dropFirst(prefix.utf8.count), as: UTF8.self)
    }

    /// What stands before `suffix`; nil when the text does not end with it.
    package func start(before suffix: String) -> String? {
        guard hasSuffix(suffix) else { return nil }
        return String(decoding: utf8.dropLast(suffix.utf8.count), as: UTF8.self)
    }

    /// Whether the bytes of `other` are all there from the byte at `offset` on.
    @usableFromInline
    func hasBytes(of other: String, from offset: Int) -> Bool {
        guard offset >= 0, utf8.count - offset >= other.utf8.count else { return false }
        let answer = utf8.withContiguousStorageIfAvailable { text in
            other.utf8.withContiguousStorageIfAvailable {
                memcmp(text.baseAddress! + offset, $0.baseAddress!, $0.count) == 0
            }
        }
        // Strings of Objective-C have no storage of bytes.
        return answer.flatMap { $0 } ?? utf8.dropFirst(offset).starts(with: other.utf8)
    }
}

extension Optional where Wrapped == String {
    package static func == (left: String?, right: String?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left == right
        case (nil, _?), (_?, nil): false
        }
    }

    package static func != (left: String?, right: String?) -> Bool { !(left == right) }
}

extension Array where Element == String {
    package static func == (left: [String], right: [String]) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }

    package static func != (left: [String], right: [String]) -> Bool { !(left == right) }
}

// Of these the standard library's are for all sequences; such ones of ours would be generic, which costs a launch a lot.
extension Array where Element == String {
    @inlinable
    package func contains(_ text: String) -> Bool { firstIndex(of: text) != nil }

    @inlinable
    package func firstIndex(of text: String) -> Int? {
        for index in indices where self[index] == text { return index }
        return nil
    }
}

extension ArraySlice where Element == String {
    @inlinable
    package func contains(_ text: String) -> Bool { firstIndex(of: text) != nil }

    @inlinable
    package func firstIndex(of text: String) -> Int? {
        for index in indices where self[index] == text { return index }
        return nil
    }
}

extension Substring {
    package static func == (left: Substring, right: Substring) -> Bool { left.utf8.elementsEqual(right.utf8) }

    package static func != (left: Substring, right: Substring) -> Bool { !(left == right) }

    package static func == (left: Substring, right: String) -> Bool { left.utf8.elementsEqual(right.utf8) }

    package static func != (left: Substring, right: String) -> Bool { !(left == right) }

    package static func ~= (pattern: Substring, text: Substring) -> Bool { pattern == text }

    package func hasPrefix(_ prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    package func hasSuffix(_ suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }

    /// What follows `prefix`; nil when the text does not start with it.
    package func rest(after prefix: String) -> Substring? {
        hasPrefix(prefix) ? Substring(utf8.dropFirst(prefix.utf8.count)) : nil
    }

    /// What stands before `suffix`; nil when the text does not end with it.
    package func start(before suffix: String) -> Substring? {
        hasSuffix(suffix) ? Substring(utf8.dropLast(suffix.utf8.count)) : nil
    }
}

// Where the standard library has its own.
extension StringProtocol where Self == String {
    package func contains(_ part: String) -> Bool {
        guard utf8.count >= part.utf8.count else { return false }
        for offset in 0...utf8.count - part.utf8.count where self.hasBytes(of: part, from: offset) { return true }
        return false
    }
}

extension StringProtocol where Self == Substring {
    package func contains(_ part: String) -> Bool { String(self).contains(part) }
}
