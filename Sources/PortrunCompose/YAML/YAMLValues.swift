import PortrunBase

/// The values of a YAML file with their places, for who changes one of them.
///
/// What stands behind an alias or a merge key has the place of its anchor.
package struct YAMLValues {
    private let look: Look
    private var found: [Found] = []

    private struct Found {
        let path: [[UInt8]]
        let isElement: Bool
        let node: YAMLNode
    }

    /// Those of every document.
    package static func all(in bytes: [UInt8], _ look: Look = Look()) throws(ComposeFailure) -> [KeyedValue] {
        var reader = YAMLValues(look: look)
        let documents = try YAMLParser.documents(in: bytes, file: 0, look)
        look.recount()
        for document in documents { try reader.addContent(of: document, path: []) }
        return reader.values(with: YAMLScalarRanges.all(of: reader.found.map(\.node), in: bytes))
    }

    private init(look: Look) { self.look = look }

    private mutating func add(_ node: YAMLNode, path: [[UInt8]], isElement: Bool) throws(ComposeFailure) {
        guard look.admits(Self.value(path, isElement, node, nil)) else {
            throw ComposeFailure(line: Int(node.location.line), problem: .leftOut)
        }
        found.append(Found(path: path, isElement: isElement, node: node))
        try addContent(of: node, path: path)
    }

    private mutating func addContent(of node: YAMLNode, path: [[UInt8]]) throws(ComposeFailure) {
        for pair in node.pairs ?? [] { try add(pair.value, path: path + [Array(pair.key.utf8)], isElement: false) }
        for (index, element) in (node.elements ?? []).enumerated() {
            try add(element, path: path + [Array(String(index).utf8)], isElement: true)
        }
    }

    private func values(with ranges: [Range<Int>?]) -> [KeyedValue] {
        var values: [KeyedValue] = []
        values.reserveCapacity(found.count)
        for (found, range) in zip(found, ranges) {
            values.append(Self.value(found.path, found.isElement, found.node, range))
        }
        return values
    }

    private static func value(
        _ path: [[UInt8]], _ isElement: Bool, _ node: YAMLNode, _ range: Range<Int>?
    ) -> KeyedValue {
        KeyedValue(
            path: path, isElement: isElement, line: Int(node.location.line),
            text: node.scalar.map { Array($0.text.utf8) }, range: range)
    }
}
