import CYAML
import PortrunBase

/// Reads YAML text into nodes, over libyaml's event interface.
///
/// Bounded by construction: nesting ends at `ComposeLimits.depth`, and the values that aliases stand for count for the
/// look («billion laughs»). Keys have to be strings and unique in their mapping, as compose demands.
struct YAMLParser: ~Copyable {
    /// A finished anchor, or nil for one whose node is still being read.
    private typealias Anchor = (node: YAMLNode, weight: Int)?

    private var parser: UnsafeMutablePointer<yaml_parser_t>
    private let file: UInt32
    private let look: Look
    private let path: String
    private var anchors: [ExactString: Anchor] = [:]
    private var nodeCount = 0
    private var hasResets = false

    /// Every document in `bytes`, none for a text of comments alone. `file` goes into the nodes' locations.
    ///
    /// - Parameter path: the file that is read; absolute.
    static func documents(
        in bytes: [UInt8], file: UInt32, _ look: Look = Look(), _ path: String = ""
    ) throws(ComposeFailure) -> [YAMLNode] {
        if bytes.contains(0), !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) {
            throw ComposeFailure(line: 1, problem: .binary)
        }
        // libyaml compares each directive to all before it, in one call.
        if directiveCount(bytes) > ComposeLimits.directives {
            throw ComposeFailure(line: 1, problem: .yaml("too many directives"))
        }
        var parser = YAMLParser(file: file, look, path)
        // libyaml keeps the pointer until the parser is deleted, so everything happens inside this scope.
        let result = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(parser.parser, buffer.baseAddress, buffer.count)
            return Result { () throws(ComposeFailure) in try parser.readDocuments() }
        }
        return try result.get()
    }

    /// The lines that start with `%`.
    private static func directiveCount(_ bytes: [UInt8]) -> Int {
        guard bytes.contains(UInt8(ascii: "%")) else { return 0 }
        var count = 0
        var last = UInt8(ascii: "\n")
        for byte in bytes {
            if byte == UInt8(ascii: "%"), last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { count += 1 }
            last = byte
        }
        return count
    }

    private init(file: UInt32, _ look: Look, _ path: String) {
        parser = .allocate(capacity: 1)
        self.file = file
        self.look = look
        self.path = path
        yaml_parser_initialize(parser)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    private mutating func readDocuments() throws(ComposeFailure) -> [YAMLNode] {
        var documents: [YAMLNode] = []
        while true {
            var event = try nextEvent()
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_END_EVENT:
                return documents
            case YAML_DOCUMENT_START_EVENT:
                // Compose's library knows YAML 1.1 only, and says so.
                if let version = event.data.document_start.version_directive, version.pointee.minor != 1 {
                    throw ComposeFailure(line: line(event), problem: .yaml("found incompatible YAML document"))
                }
                anchors = [:]
                var first = try nextEvent()
                defer { yaml_event_delete(&first) }
                documents.append(try readNode(first, depth: 0))
            default:
                continue
            }
        }
    }

    private mutating func readNode(_ event: yaml_event_t, depth: Int) throws(ComposeFailure) -> YAMLNode {
        guard depth < ComposeLimits.depth else { throw ComposeFailure(line: line(event), problem: .tooDeep) }
        try count(1, event)
        let location = SourceLocation(
            file: file, line: UInt32(truncatingIfNeeded: event.start_mark.line + 1),
            column: UInt32(truncatingIfNeeded: event.start_mark.column + 1))
        switch event.type {
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let text = String(
                decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
            let content = YAMLNode.Content.scalar(.init(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
            guard let anchor = string(scalar.anchor) else {
                return YAMLNode(content, tag: string(scalar.tag), location: location)
            }
            let node = YAMLNode(content, tag: string(scalar.tag), location: location)
            anchors[anchor] = .some((node, 1))
            return node
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return try anchored(string(start.anchor), tag: string(start.tag), location) {
                parser throws(ComposeFailure) in
                .sequence(try parser.readElements(depth: depth))
            }
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return try anchored(string(start.anchor), tag: string(start.tag), location) {
                parser throws(ComposeFailure) in
                .mapping(try parser.readPairs(depth: depth))
            }
        case YAML_ALIAS_EVENT:
            let name = string(event.data.alias.anchor) ?? ""
            guard let anchor = anchors[name] else {
                throw ComposeFailure(line: line(event), problem: .unknownAnchor(name))
            }
            guard let anchor else { throw ComposeFailure(line: line(event), problem: .anchorInItself(name)) }
            try count(anchor.weight, event)
            return anchor.node
        default:
            throw ComposeFailure(line: line(event), problem: .yaml("unexpected end of the document"))
        }
    }

    private mutating func anchored(
        _ anchor: String?, tag: String?, _ location: SourceLocation,
        _ read: (inout Self) throws(ComposeFailure) -> YAMLNode.Content
    ) throws(ComposeFailure) -> YAMLNode {
        guard let anchor else { return YAMLNode(try read(&self), tag: tag, location: location) }
        let before = nodeCount
        anchors[anchor] = .some(nil)
        let node = YAMLNode(try read(&self), tag: tag, location: location)
        // A reset value is gone where an alias stands, and marks no place there.
        anchors[anchor] = .some((hasResets ? node.withoutResets : node, nodeCount - before + 1))
        return node
    }

    private mutating func readElements(depth: Int) throws(ComposeFailure) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            var event = try nextEvent()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_SEQUENCE_END_EVENT { return elements }
            elements.append(try readNode(event, depth: depth + 1))
        }
    }

    private mutating func readPairs(depth: Int) throws(ComposeFailure) -> [YAMLNode.Pair] {
        var mapping = YAMLMappingBuilder()
        while true {
            var event = try nextEvent()
            defer { yaml_event_delete(&event) }
            if event.type == YAML_MAPPING_END_EVENT {
                if mapping.hasResets { hasResets = true }
                return mapping.finished()
            }
            let key = try readNode(event, depth: depth + 1)
            var valueEvent = try nextEvent()
            defer { yaml_event_delete(&valueEvent) }
            let value = try readNode(valueEvent, depth: depth + 1)
            try mapping.add(key, value)
        }
    }

    private mutating func nextEvent() throws(ComposeFailure) -> yaml_event_t {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "out of memory"
            let line = max(parser.pointee.problem_mark.line, parser.pointee.context_mark.line)
            throw ComposeFailure(line: Int(line) + 1, problem: .yaml(problem))
        }
        return event
    }

    private mutating func count(_ nodes: Int, _ event: yaml_event_t) throws(ComposeFailure) {
        nodeCount += nodes
        guard look.spend(nodes, of: .values, in: path) else {
            throw ComposeFailure(line: line(event), problem: .leftOut)
        }
    }
}

private func line(_ event: yaml_event_t) -> Int { Int(event.start_mark.line) + 1 }

private func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
    text.map { String(cString: $0) }
}
