extension Template {
    /// A template's text, and which bytes of it are a variable's value.
    struct Expansion {
        var text: String
        /// In order, without overlaps; a variable inside another one's default counts as that one's.
        var segments: [Segment]
    }

    struct Segment {
        /// Offsets into the expansion's UTF-8; empty where the value is.
        var range: Range<Int>
        /// nil for the text of `${V:+text}`, which no value of the variable changes.
        var variable: String?
    }

    /// The text with each variable replaced by what `value` finds, by nothing when it finds nothing.
    ///
    /// - Throws: `.missingVariable` for a `?` condition that does not hold.
    func expansion(_ value: (String) -> String?) throws(ComposeProblem) -> Expansion {
        var bytes: [UInt8] = []
        var segments: [Segment] = []
        for part in parts {
            switch part {
            case .text(let text): bytes += text
            case .variable(let reference):
                let start = bytes.count
                bytes += try Self.expand(reference, value).utf8
                var variable: String? = reference.name
                if case .replacement? = reference.condition { variable = nil }
                segments.append(Segment(range: start..<bytes.count, variable: variable))
            }
        }
        return Expansion(text: String(decoding: bytes, as: UTF8.self), segments: segments)
    }

    private static func expand(
        _ reference: Reference, _ value: (String) -> String?
    ) throws(ComposeProblem) -> String {
        let found = value(reference.name)
        let isFilled = found.map { !$0.isEmpty } ?? false
        switch reference.condition {
        case nil:
            return found ?? ""
        // The word is evaluated even when it is not needed, so a required variable in it is required always.
        case .fallback(let word, let alsoWhenEmpty):
            let fallback = try word.expansion(value).text
            if let found, isFilled || !alsoWhenEmpty { return found }
            return fallback
        case .replacement(let word, let onlyWhenFilled):
            let replacement = try word.expansion(value).text
            return (onlyWhenFilled ? isFilled : found != nil) ? replacement : ""
        case .required(let word, let filled):
            let explanation = try word.expansion(value).text
            if let found, isFilled || !filled { return found }
            throw .missingVariable(reference.name, explanation: explanation)
        }
    }
}
