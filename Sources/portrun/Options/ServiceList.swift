import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// The names of services, as an option has them: `db`, or `db,redis`.
struct ServiceList: Equatable {
    let names: [String]

    /// nil when a name is empty.
    init?(_ text: String) {
        names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        if names.contains(where: \.isEmpty) { return nil }
    }
}
