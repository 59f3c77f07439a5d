import PortrunBase

/// What a client of a portserver sends: the number of the process that is to hold a port, as decimal digits.
///
/// Source: python_portpicker 1.6.0, `portserver.py`, `_handle_port_request`.
struct PortserverRequest: Equatable {
    let pid: Int32

    /// The most bytes of a request that are read.
    static let byteLimit = 20

    /// - Parameter bytes: all that came; white space around the number does not count.
    /// - Returns: nil for what is no number. One that is no process's is 0.
    init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.byteLimit else { return nil }
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
        let word = bytes.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
        guard let number = Int(String(decoding: word, as: UTF8.self)) else { return nil }
        pid = Int32(exactly: number) ?? 0
    }
}
