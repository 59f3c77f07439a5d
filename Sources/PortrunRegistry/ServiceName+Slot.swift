import PortrunBase

extension ServiceName {
    /// Which slot of `service` this is the name of: 1 for the same name, 2 for `name-2`; nil for another service.
    func slot(of service: ServiceName) -> Int? {
        let own = description.utf8
        let first = service.description.utf8
        if own.elementsEqual(first) { return 1 }
        guard let hyphen = own.lastIndex(of: UInt8(ascii: "-")),
            let number = Port(Substring(own[own.index(after: hyphen)...])).map({ Int($0.number) })
        else { return nil }
        if own[..<hyphen].elementsEqual(first) { return number }
        // A long name was cut to make room.
        return own.elementsEqual(service.appending(number).description.utf8) ? number : nil
    }
}
