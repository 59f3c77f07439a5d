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
}
