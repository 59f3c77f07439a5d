import PortrunBase
import PortrunRegistry

/// A checkout with its bookings, as the page shows it.
struct DashboardCheckout: Sendable {
    let context: ContextRecord
    let rows: [DashboardRow]

    /// All of them, in the order of their rows.
    static func all(of rows: [DashboardRow]) -> [DashboardCheckout] {
        var checkouts: [DashboardCheckout] = []
        var start = rows.startIndex
        while start < rows.endIndex {
            let context = rows[start].status.context
            let end = rows[start...].firstIndex { $0.status.context.hash != context.hash } ?? rows.endIndex
            checkouts.append(DashboardCheckout(context: context, rows: Array(rows[start..<end])))
            start = end
        }
        return checkouts
    }

    /// What is left of it for a search: every word is in what is said of the checkout or of the row.
    func matching(_ words: [String]) -> DashboardCheckout? {
        guard !words.isEmpty else { return self }
        let own = "\(context.label) \(place)".lowercased()
        let rows = rows.filter { row in
            let searched = row.searched
            return words.allSatisfy { own.contains($0) || searched.contains($0) }
        }
        return rows.isEmpty ? nil : DashboardCheckout(context: context, rows: rows)
    }

    private var place: String {
        context.isMachine ? "ports of this machine" : context.path + (context.branch.map { " on \($0)" } ?? "")
    }

    var html: HTML {
        """
        <tbody id="c-\(context.hash)" class="\(context.isMachine ? "machine" : "own")" data-label="\(context.label)">
        <tr class="checkout"><th colspan="6" scope="rowgroup">\(context.label) <small>\(place)</small></th></tr>
        \(rows.map(\.html))</tbody>

        """
    }
}
