import PortrunBase

extension Template {
    /// A template's text, and which bytes of it are a variable's value.
    struct Expansion {
        var text: String
        /// In order, without overlaps; a variable inside another one's default counts as that one's.
        var segments: [VariableSegment]
        /// The variables that are more than the port of a local host, each as often as it occurs, those in words too.
        var inside: [String] = []
    }

    /// The text with each variable replaced by what `value` finds, by nothing when it finds nothing.
    ///
    /// - Throws: `.missingVariable` for a `?` condition that does not hold.
    func expansion(_ value: (String) -> String?) throws(ComposeProblem) -> Expansion {
        try expansion(between: [], nil, value)
    }

    /// - Parameters:
    ///   - prefix: what stands before the template, whose range this is the word of a variable in.
    ///   - next: what follows it; nil at the end.
    private func expansion(
        between prefix: [UInt8], _ next: UInt8?, _ value: (String) -> String?
    ) throws(ComposeProblem) -> Expansion {
        var bytes = prefix
        var expansion = Expansion(text: "", segments: [])
        for (index, part) in parts.enumerated() {
            switch part {
            case .text(let text): bytes += text
            case .variable(let reference):
                let start = bytes.count - prefix.count
                let following = index + 1 < parts.count ? parts[index + 1].firstByte : next
                let isPortOfLocalHost =
                    LocalHost.endsBeforePort(bytes) && !(following.map(LocalHost.continuesPort) ?? false)
                if !isPortOfLocalHost { expansion.inside.append(reference.name) }
                // The text before a port of the local host is short; copying all of it would take quadratic time.
                let before = reference.condition == nil ? [] : Array(bytes.suffix(64))
                bytes += try Self.expand(reference, between: before, following, value, &expansion.inside).utf8
                var variable: String? = reference.name
                if case .replacement? = reference.condition { variable = nil }
                expansion.segments.append(
                    VariableSegment(range: start..<bytes.count - prefix.count, variable: variable))
                guard bytes.count <= ComposeLimits.expansion else { throw .leftOut }
            }
        }
        expansion.text = String(decoding: bytes[prefix.count...], as: UTF8.self)
        return expansion
    }

    private static func expand(
        _ reference: Reference, between prefix: [UInt8], _ next: UInt8?, _ value: (String) -> String?,
        _ inside: inout [String]
    ) throws(ComposeProblem) -> String {
        func expanded(_ word: Template, _ inside: inout [String]) throws(ComposeProblem) -> String {
            if let literal = word.literal { return String(decoding: literal, as: UTF8.self) }
            let expansion = try word.expansion(between: prefix, next, value)
            inside += expansion.inside
            return expansion.text
        }
        let found = value(reference.name)
        let isFilled = found.map { !$0.isEmpty } ?? false
        switch reference.condition {
        case nil:
            return found ?? ""
        // The word is evaluated even when it is not needed, so a required variable in it is required always.
        case .fallback(let word, let alsoWhenEmpty):
            let fallback = try expanded(word, &inside)
            if let found, isFilled || !alsoWhenEmpty { return found }
            return fallback
        case .replacement(let word, let onlyWhenFilled):
            let replacement = try expanded(word, &inside)
            return (onlyWhenFilled ? isFilled : found != nil) ? replacement : ""
        case .required(let word, let filled):
            _ = try expanded(word, &inside)
            if let found, isFilled || !filled { return found }
            // Not the text that it comes to: that holds values, which are nobody's but the command's.
            let explanation = word.literal.map { String(decoding: $0, as: UTF8.self) }
            throw .missingVariable(reference.name, explanation: explanation ?? "")
        }
    }
}

extension Template.Part {
    /// `$` for a variable; nil for no text.
    fileprivate var firstByte: UInt8? {
        switch self {
        case .text(let text): text.first
        case .variable: UInt8(ascii: "$")
        }
    }
}
