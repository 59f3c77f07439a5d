import PortrunBase
import PortrunRegistry

/// The second ports that one command of a checkout opens and another does not.
extension Plan {
    /// The requests, those for debuggers under the name that has their number here: `node --inspect=9229` and
    /// `node --inspect=9230`, in one command or two, are two services.
    func withKnownDebuggers(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws(RegistryError) -> [ServiceRequest] {
        guard !calls.debugPorts.isEmpty else { return requests }
        var result = requests
        let all = try transaction.bookings(of: record).filter { $0.transport == .tcp }
        var names: [ServiceName] = []
        for debug in calls.debugPorts {
            guard let name = ServiceName(debug.service), !names.contains(name) else { continue }
            names.append(name)
            // What the user says of one is said of its name.
            let own = result.indices.filter {
                let request = result[$0]
                return request.kind == .debug && request.service.slot(of: name) != nil && request.demand == nil
                    && request.wish == nil
            }
            let known = all.filter { $0.service.slot(of: name) != nil }
            var taken = result.indices.filter { !own.contains($0) }.map { result[$0].service }
            var missing: [Int] = []
            for index in own {
                let match = known.first { booking in
                    booking.declared == result[index].declared && !taken.contains(booking.service)
                }
                guard let match else {
                    missing.append(index)
                    continue
                }
                result[index].service = match.service
                taken.append(match.service)
            }
            var number = 0
            for index in missing {
                var service = name
                repeat {
                    number += 1
                    service = number == 1 ? name : name.appending(number)
                } while taken.contains(service) || known.contains { $0.service == service && $0.declared != nil }
                result[index].service = service
            }
        }
        return result
    }
}
