import PortrunBase

/// The fields of a form that was sent as `application/x-www-form-urlencoded` (url.spec.whatwg.org, section 5).
struct FormFields {
    private var fields: [(name: String, value: String)] = []

    /// - Throws: `Problem` 400 for a broken escape.
    init(_ bytes: [UInt8]) throws(Problem) {
        for pair in String(decoding: bytes, as: UTF8.self).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], isForm: true),
                let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", isForm: true)
            else { throw .malformed("the form has a broken escape") }
            fields.append((name, value))
        }
    }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
