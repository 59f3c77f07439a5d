import PortrunBase

/// The names of services that need not be declared anywhere: `web`, or `web,admin`.
struct ServiceNameList: Equatable {
    let names: [ServiceName]

    /// nil when one is no name, or stands there twice.
    init?(_ text: String) {
        var names: [ServiceName] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let name = ServiceName(String(word)), !names.contains(name) else { return nil }
            names.append(name)
        }
        self.names = names
    }
}
