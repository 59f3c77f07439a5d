import PortrunBase
import PortrunRegistry

extension PickingPool {
    /// The pool that portserver.py has when none is named.
    package static let usualText = "15000-24999"

    /// The ports that a comma-separated list of ranges names (`15000-24999,30000-30099`), both ends included.
    ///
    /// As in portserver.py a part that is no range is passed over, a single port and one with port 0 among them.
    /// Source: python_portpicker 1.6.0, `portserver.py`, `--portserver_static_pool`.
    ///
    /// - Returns: the pool, nil for no ports, and the parts that were passed over.
    package static func read(_ text: String) -> (pool: PickingPool?, ignored: [String]) {
        var ranges: [PortRange] = []
        var ignored: [String] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let word = part.filter { $0 != " " }[...]
            if word.contains("-"), let range = PortRange(word) {
                ranges.append(range)
            } else {
                ignored.append(String(part))
            }
        }
        return (PickingPool(ranges), ignored)
    }
}
