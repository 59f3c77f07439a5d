/// The variables of a process as `environ` holds them: bytes, in order, duplicates included.
///
/// An entry is normally `NAME=value`, but an entry without `=` is kept too, and neither names nor values have
/// to be UTF-8. Look-ups take the first entry of a name, as getenv(3) does.
package struct Environment: Sendable, Equatable {
    /// Every entry without its closing NUL.
    package private(set) var entries: [[UInt8]]

    package init(entries: [[UInt8]] = []) {
        self.entries = entries
    }

    /// For values known in the source, such as those of a test.
    package init(_ variables: KeyValuePairs<String, String>) {
        entries = variables.map { Array("\($0.key)=\($0.value)".utf8) }
    }

    /// The value of the first entry named `name`, with bytes that are not UTF-8 replaced by U+FFFD.
    package subscript(name: String) -> String? {
        bytes(of: name).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of the first entry named `name`, byte for byte.
    package func bytes(of name: String) -> ArraySlice<UInt8>? {
        guard let index = index(of: name) else { return nil }
        return entries[index].dropFirst(name.utf8.count + 1)
    }

    /// Replaces the first entry named `name` where it stands and drops its duplicates, or appends an entry.
    package mutating func set(_ name: String, to value: String) { set(name, to: Array(value.utf8)) }

    /// Likewise, byte for byte.
    package mutating func set(_ name: String, to value: [UInt8]) {
        let entry = Array("\(name)=".utf8) + value
        guard let first = index(of: name) else { return entries.append(entry) }
        entries[first] = entry
        let isDuplicate = entries.indices.map { $0 > first && Self.names(entries[$0], name) }
        entries = zip(entries, isDuplicate).filter { !$0.1 }.map(\.0)
    }

    /// Does the same for many variables in one pass; no name twice.
    package mutating func set(_ variables: [(name: String, value: [UInt8])]) {
        var places: [ExactString: Int] = [:]
        for (place, variable) in variables.enumerated() { places[variable.name] = place }
        var isSet = [Bool](repeating: false, count: variables.count)
        var result: [[UInt8]] = []
        for entry in entries {
            guard let end = entry.firstIndex(of: UInt8(ascii: "=")),
                let place = places[String(decoding: entry[..<end], as: UTF8.self)]
            else {
                result.append(entry)
                continue
            }
            if !isSet[place] { result.append(entry[...end] + variables[place].value) }
            isSet[place] = true
        }
        for (place, variable) in variables.enumerated() where !isSet[place] {
            result.append(Array("\(variable.name)=".utf8) + variable.value)
        }
        entries = result
    }

    /// Drops every entry named `name`.
    package mutating func remove(_ name: String) {
        entries.removeAll { Self.names($0, name) }
    }

    private func index(of name: String) -> Int? {
        entries.firstIndex { Self.names($0, name) }
    }

    private static func names(_ entry: [UInt8], _ name: String) -> Bool {
        let count = name.utf8.count
        return entry.count > count && entry[count] == UInt8(ascii: "=") && entry.starts(with: name.utf8)
    }
}
