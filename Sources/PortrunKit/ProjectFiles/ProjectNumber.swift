import PortrunBase

/// A port as a number in the text of a project.
struct ProjectNumber {
    private let digits: [UInt8]

    init(_ port: Port) { digits = Array(port.description.utf8) }

    private static let sizeLimit = 512 << 10

    /// True where a file that people write in the checkout has it, as far as a look goes.
    func stands(in checkout: Checkout, _ look: Look = Look()) -> Bool {
        for path in ProjectFiles.paths(below: checkout.context.path, look, where: { _ in true }) {
            var status = stat()
            guard stat(path, &status) == 0, status.st_size <= Self.sizeLimit, let bytes = try? look.read(path),
                !bytes.prefix(1024).contains(0), look.goesOn(after: bytes.count / 64, in: path)
            else { continue }
            if stands(in: bytes) { return true }
        }
        return false
    }

    /// True where no other digit stands before or behind it.
    func stands(in text: [UInt8]) -> Bool {
        var start = 0
        while let first = text[start...].firstIndex(of: digits[0]) {
            let end = first + digits.count
            guard end <= text.count else { return false }
            if text[first..<end].elementsEqual(digits), !Self.isDigit(text, first - 1), !Self.isDigit(text, end) {
                return true
            }
            start = first + 1
        }
        return false
    }

    private static func isDigit(_ text: [UInt8], _ place: Int) -> Bool {
        text.indices.contains(place) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text[place])
    }
}
