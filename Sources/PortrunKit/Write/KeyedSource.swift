import PortrunBase

/// A file of keys and values as it stands on disk, in which single values are replaced.
package struct KeyedSource {
    package private(set) var bytes: [UInt8]
    private var values: [KeyedValue]
    private let look: Look
    private let reader: Reader

    /// The values of a text, as far as the look goes.
    package typealias Reader = ([UInt8], Look) throws(Failure) -> [KeyedValue]

    /// The problem, and the line that has it, counted from 1.
    package struct Failure: Error, Equatable {
        package let line: Int
        package let problem: String
    }

    /// Why a value cannot be set.
    package enum SettingError: Error, Equatable {
        case noPlace
        /// Several values could be meant, which are the first of so many.
        case several([Place], of: Int)
        /// A table or list, or a value that cannot be changed for sure.
        case failure(Failure)
    }

    /// A value that could be meant: its JSON pointer and its line.
    package struct Place: Sendable, Equatable {
        package let pointer: String
        package let line: Int
    }

    /// - Parameter look: limits each reading of the text, and the time of all.
    package init(_ bytes: [UInt8], _ reader: @escaping Reader, _ look: Look = Look()) throws(Failure) {
        self.bytes = bytes
        self.reader = reader
        self.look = look
        values = try Self.values(of: bytes, reader, look)
    }

    /// Sets the value at a JSON pointer, or the only one with this name; every other byte stays.
    ///
    /// A value keeps its quotes; one without gets some only if it could not be read without.
    package mutating func set(_ place: String, to text: String) throws(SettingError) {
        let value = values[try index(of: place)]
        guard value.text != nil else {
            throw failure(value, "is a table or a list")
        }
        guard let range = value.range else {
            throw failure(value, "has no plain or quoted value in one line")
        }
        for literal in Self.literals(of: text, like: bytes[range]) {
            var changed = bytes
            changed.replaceSubrange(range, with: Array(literal.utf8))
            guard let new = try? Self.values(of: changed, reader, look),
                isOnlyChange(new, from: value, to: Array(text.utf8))
            else {
                if let end = look.end { throw .failure(Failure(line: value.line, problem: end.message)) }
                continue
            }
            bytes = changed
            values = new
            return
        }
        throw failure(value, "cannot be changed alone")
    }

    private static func values(
        of bytes: [UInt8], _ reader: Reader, _ look: Look
    ) throws(Failure) -> [KeyedValue] {
        look.recount()
        let values = try reader(bytes, look)
        guard look.goesOn(after: bytes.count / 64, in: "") else {
            throw Failure(line: 1, problem: look.end?.message ?? "")
        }
        return values
    }

    /// So many places are told at most.
    private static let placeLimit = 20

    private func index(of place: String) throws(SettingError) -> Int {
        let (keys, name) = (JSONPointer.keys(of: place), Array(place.utf8))
        let found =
            place.hasPrefix("/")
            ? values.indices.filter { values[$0].path == keys }
            : values.indices.filter { !values[$0].isElement && values[$0].path.last == name }
        guard let first = found.first else { throw .noPlace }
        guard found.count == 1 else {
            let places = found.prefix(Self.placeLimit).map { Place(pointer: values[$0].pointer, line: values[$0].line) }
            throw .several(places, of: found.count)
        }
        return first
    }

    /// True when `new` has the values that are here, and only `value` with another text.
    private func isOnlyChange(_ new: [KeyedValue], from value: KeyedValue, to text: [UInt8]) -> Bool {
        new.count == values.count
            && zip(values, new).allSatisfy { old, new in
                old.path == new.path && old.line == new.line && old.isElement == new.isElement
                    && new.text == (old.path == value.path ? text : old.text)
            }
    }

    /// The spellings of a text; the first that is read as it is taken.
    private static func literals(of text: String, like old: ArraySlice<UInt8>) -> [String] {
        let quoted = JSONValue.string(text).text
        switch old.first {
        case UInt8(ascii: "'"): return ["'\(text)'", quoted]
        case UInt8(ascii: "\""): return [quoted]
        default: return [text, quoted]
        }
    }

    private func failure(_ value: KeyedValue, _ problem: String) -> SettingError {
        .failure(Failure(line: value.line, problem: "`\(value.pointer)` \(problem)"))
    }
}
