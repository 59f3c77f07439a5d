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
        var entry: [UInt8] = []
        entry.reserveCapacity(name.utf8.count + 1 + value.count)
        entry += name.utf8
        entry.append(UInt8(ascii: "="))
        entry += value
        guard let first = index(of: name) else { return entries.append(entry) }
        entries[first] = entry
        removeEntries(named: name, from: first + 1)
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
        guard let first = index(of: name) else { return }
        removeEntries(named: name, from: first)
    }

    private mutating func removeEntries(named name: String, from start: Int) {
        guard index(of: name, from: start) != nil else { return }
        var name = name
        name.withUTF8 { name in
            let rest = entries[start...].filter { !Self.names($0, name) }
            entries.replaceSubrange(start..., with: rest)
        }
    }

    /// The place of the first entry named `name` from the one at `start` on.
    private func index(of name: String, from start: Int = 0) -> Int? {
        var name = name
        return name.withUTF8 { name in
            for index in start..<entries.count where Self.names(entries[index], name) { return index }
            return nil
        }
    }

    /// By the C library, for a launch looks at hundreds of entries.
    private static func names(_ entry: [UInt8], _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        entry.count > name.count && entry[name.count] == UInt8(ascii: "=")
            && entry.withUnsafeBufferPointer { entry in
                name.isEmpty || memcmp(entry.baseAddress!, name.baseAddress!, name.count) == 0
            }
    }
}
