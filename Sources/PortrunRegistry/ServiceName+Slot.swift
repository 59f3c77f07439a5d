import PortrunBase

extension ServiceName {
    /// Which slot of `service` this is the name of: 1 for the same name, 2 for `name-2`; nil for another service.
    func slot(of service: ServiceName) -> Int? {
        if self == service { return 1 }
        let prefix = service.description + "-"
        guard let number = description.rest(after: prefix).flatMap({ Port($0) }) else { return nil }
        return Int(number.number)
    }
}
