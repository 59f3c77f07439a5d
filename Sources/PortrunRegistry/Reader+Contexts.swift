import PortrunBase

extension Reader {
    /// The record of `identity`, when it has one.
    package func find(identity: String) throws(RegistryError) -> ContextRecord? {
        try database.rows("SELECT \(ContextRecord.columns) FROM contexts WHERE identity = ?1", .text(identity)) {
            ContextRecord($0)
        }.first
    }

    /// The record of the checkout at the path of `context`, when it has one.
    package func find(_ context: Context) throws(RegistryError) -> ContextRecord? {
        if let record = try find(identity: context.identity), record.path == context.path { return record }
        return try find(identity: context.qualifiedByPath().identity)
    }

    /// The record of `context`: the one that has its path in its identity, else the one of its identity, unless that is
    /// another checkout's which still resolves to it.
    ///
    /// `stillResolves` may take its time: nobody waits for the registry meanwhile.
    ///
    /// - Throws: `RegistryError`.
    package func find(
        _ context: Context, stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws -> ContextRecord? {
        if let qualified = try find(identity: context.qualifiedByPath().identity) { return qualified }
        guard let own = try find(identity: context.identity) else { return nil }
        if own.path == context.path { return own }
        return try standing(of: own.checkout, stillResolves) == .same ? nil : own
    }
}
