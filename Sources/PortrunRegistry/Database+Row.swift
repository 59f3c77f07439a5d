import CSQLite
import PortrunBase

extension Database {
    /// The current row of a running statement; columns are counted from 0.
    struct Row {
        let statement: OpaquePointer

        func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
        func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
        func text(_ column: Int32) -> String { textOrNull(column) ?? "" }
        func textOrNull(_ column: Int32) -> String? {
            sqlite3_column_text(statement, column).map { String(cString: $0) }
        }
        /// True when the column is `text`, which is found out without making a text of it.
        func isText(_ column: Int32, _ text: String?) -> Bool {
            guard var text else { return false }
            return withText(column) { bytes in
                text.withUTF8 { own in
                    guard bytes.count == own.count, let left = bytes.baseAddress, let right = own.baseAddress else {
                        return bytes.isEmpty && own.isEmpty
                    }
                    return memcmp(left, right, own.count) == 0
                }
            }
        }
        /// True when the column has `text` in it; likewise.
        func contains(_ column: Int32, _ text: String) -> Bool {
            guard let bytes = sqlite3_column_text(statement, column) else { return false }
            return text.withCString { strstr(UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self), $0) } != nil
        }
        /// Hands the bytes of the column to `body`; likewise. As a blob they are not copied to get a zero behind them.
        func withText<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            let bytes = sqlite3_column_blob(statement, column)
            return body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))))
        }
        /// Seconds since 1970, of years that can be counted with.
        func time(_ column: Int32) -> Int64 { min(max(0, integer(column)), 253_402_300_799) }
        func bits(_ column: Int32) -> UInt64? { isNull(column) ? nil : UInt64(bitPattern: integer(column)) }
        func port(_ column: Int32) -> Port? { Port(Int(integer(column))) }
        /// From the port of one column on as many as another one says, as far as there are so many.
        func ports(_ first: Int32, count: Int32) -> PortRange? {
            guard let first = port(first) else { return nil }
            return PortRange(first, count: min(max(1, Int(integer(count))), 65536 - Int(first.number)))
        }
    }
}
