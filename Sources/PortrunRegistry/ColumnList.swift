import PortrunBase

extension String {
    /// The columns of a list, each with its table's name before it.
    func qualified(by table: String) -> String {
        var result: [UInt8] = []
        var isStart = true
        for byte in utf8 where byte != UInt8(ascii: " ") {
            if isStart { result += table.utf8 + [UInt8(ascii: ".")] }
            result.append(byte)
            isStart = byte == UInt8(ascii: ",")
        }
        return String(decoding: result, as: UTF8.self)
    }
}
