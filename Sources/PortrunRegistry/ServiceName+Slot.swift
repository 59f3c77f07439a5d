import PortrunBase

extension ServiceName {
    /// Which slot of `service` this is the name of: 1 for the same name, 2 for `name-2`; nil for another service.
    package func slot(of service: ServiceName) -> Int? {
        var name = description
        return name.withUTF8 { service.slot(named: UnsafeRawBufferPointer($0)) }
    }

    /// Which slot of this service has `name`; likewise.
    func slot(named name: UnsafeRawBufferPointer) -> Int? {
        var service = description
        return service.withUTF8 { service in
            if Self.isEqual(name, service) { return 1 }
            guard let hyphen = name.lastIndex(of: UInt8(ascii: "-")), let number = Self.number(name[(hyphen + 1)...])
            else { return nil }
            if Self.isEqual(UnsafeRawBufferPointer(rebasing: name[..<hyphen]), service) { return number }
            // A name at its limit was cut to make room.
            guard service.count + name.count - hyphen > Self.byteLimit else { return nil }
            var shortened = appending(number).description
            return shortened.withUTF8 { Self.isEqual(name, $0) } ? number : nil
        }
    }

    private static func isEqual(_ name: UnsafeRawBufferPointer, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        name.count == other.count && (name.isEmpty || memcmp(name.baseAddress!, other.baseAddress!, name.count) == 0)
    }

    /// The number that `digits` spell without a leading zero, as far as ports go.
    private static func number(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard (1...5).contains(digits.count), digits.first != UInt8(ascii: "0") else { return nil }
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
