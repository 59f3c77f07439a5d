import PortrunBase

/// Whose the ports are that addresses may name: by numbers, for a range has thousands, and so has a file.
struct DeclaredServices {
    private var services: [ServiceName] = []
    /// For each number the place of its service; -1 for none.
    private var declared = [Int32](repeating: -1, count: 1 << 16)
    private var written = [Int32](repeating: -1, count: 1 << 16)

    var isEmpty: Bool { services.isEmpty }

    /// Who declares a port first has it.
    mutating func add(_ service: ServiceName, _ ports: PortRange) {
        services.append(service)
        for number in Int(ports.first.number)...Int(ports.last.number) where declared[number] < 0 {
            declared[number] = Int32(services.count - 1)
        }
    }

    mutating func addWritten(_ service: ServiceName, _ ports: PortRange) {
        services.append(service)
        for number in Int(ports.first.number)...Int(ports.last.number) where written[number] < 0 {
            written[number] = Int32(services.count - 1)
        }
    }

    func declared(_ port: Port) -> ServiceName? { service(declared[Int(port.number)]) }

    func written(_ port: Port) -> ServiceName? { service(written[Int(port.number)]) }

    private func service(_ place: Int32) -> ServiceName? { place < 0 ? nil : services[Int(place)] }
}
