import PortrunBase

extension DoorCall {
    /// The JSON document in the body as the servers of other tools read it, to which `1e3` is no whole number; nil where it
    /// is none.
    ///
    /// - Throws: `Problem` 413.
    func document() async throws -> JSONValue? {
        let bytes = try await body()
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return JSONParser.strictValue(of: bytes[...], isStrict: true)
    }

    /// The first value that the query gives a name; nil where it gives none.
    ///
    /// - Throws: `Problem` 400 for a broken escape.
    func queried(_ name: String) throws(Problem) -> String? { try query().first { $0.name == name }?.value }
}
