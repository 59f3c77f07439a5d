import PortrunBase

extension DashboardAsset {
    static let style = DashboardAsset(
        name: "dashboard.css", type: "text/css; charset=utf-8",
        text: """
            :root {
              color-scheme: light dark;
              --text: #1c2321; --faint: #5a6561; --page: #fbfcfb; --raised: #eef2f0; --line: #d6dedA;
              --link: #0a5f8a; --on: #0b6e4f; --warn: #a63a00;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --text: #e6ecea; --faint: #9aa8a3; --page: #141917; --raised: #1f2624; --line: #35403c;
                --link: #7cc4ec; --on: #63d2a4; --warn: #ffa270;
              }
            }
            * { box-sizing: border-box; }
            [hidden] { display: none !important; }
            body {
              margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--page); color: var(--text);
              font: 15px/1.45 system-ui, sans-serif;
            }
            a { color: var(--link); }
            :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
            header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
            h1 { font-size: 1.4rem; margin: 0; }
            h1 a { color: inherit; text-decoration: none; }
            h2 { font-size: 1rem; }
            header p { margin: 0; color: var(--faint); }
            form[role=search] { margin-left: auto; display: flex; gap: .5rem; align-items: baseline; }
            input[type=search] {
              width: 17rem; max-width: 100%; min-width: 0; padding: .35rem .5rem; font: inherit; color: inherit;
              background: var(--page); border: 1px solid var(--faint); border-radius: 4px;
            }
            button {
              padding: .2rem .6rem; font: inherit; color: inherit; background: var(--raised); cursor: pointer;
              border: 1px solid var(--faint); border-radius: 4px;
            }
            .danger { background: var(--warn); border-color: var(--warn); color: var(--page); }
            .skip { position: absolute; left: -99rem; }
            .skip:focus { left: 1rem; }
            table { width: 100%; border-collapse: collapse; margin-top: 1rem; outline-offset: 4px; }
            caption { position: absolute; left: -99rem; }
            th, td { padding: .3rem .5rem; text-align: left; vertical-align: baseline; font-weight: normal; }
            thead th, small, .age, #events time { color: var(--faint); }
            thead th { font-size: .85rem; }
            small { font-size: .85rem; }
            tbody tr { border-top: 1px solid var(--line); }
            .checkout th { background: var(--raised); font-weight: 600; overflow-wrap: anywhere; }
            .checkout small { font-weight: normal; margin-left: .5rem; }
            tbody th[scope=row] { padding-left: 1.2rem; overflow-wrap: anywhere; }
            .port { font-variant-numeric: tabular-nums; white-space: nowrap; }
            .port a { font-weight: 600; }
            .state, .age, .actions { white-space: nowrap; }
            .holder { overflow-wrap: anywhere; font: 13px/1.4 ui-monospace, monospace; max-width: 34rem; }
            .holder em, .stranger .state, .warning { color: var(--warn); font-style: normal; }
            .state::before { content: "○ "; }
            .listening .state::before, .held .state::before { content: "● "; }
            .stranger .state::before { content: "▲ "; }
            .listening .state { color: var(--on); }
            .idle .state { color: var(--faint); }
            .actions { text-align: right; }
            .copy { display: none; margin-right: .8rem; }
            .js .copy { display: inline-block; }
            .nothing { padding: 1rem; background: var(--raised); }
            #events ol { list-style: none; padding: 0; }
            #events li { overflow-wrap: anywhere; }
            #events time { display: inline-block; min-width: 4rem; }
            .message { max-width: 36rem; margin: 3rem auto; overflow-wrap: anywhere; }
            code { padding: .1rem .3rem; background: var(--raised); border-radius: 3px; }
            .cancel { margin-left: 1rem; }
            dialog {
              max-width: min(36rem, calc(100vw - 2rem)); background: var(--page); color: inherit;
              border: 1px solid var(--faint); border-radius: 6px; overflow-wrap: anywhere;
            }
            dialog::backdrop { background: rgb(0 0 0 / .5); }
            @media (max-width: 44rem) {
              form[role=search] { margin: 0; width: 100%; }
              input[type=search] { flex: 1; width: auto; }
              table, tbody { display: block; }
              thead { display: none; }
              tr { display: flex; flex-wrap: wrap; gap: 0 .8rem; padding: .3rem 0; }
              th, td { padding: .1rem .3rem; }
              .checkout th { flex: 1 0 100%; padding: .3rem .5rem; }
              tbody th[scope=row] { padding-left: .5rem; font-weight: 600; }
              .holder, .age { padding-left: .5rem; }
              .holder { flex: 1 1 60%; }
              .holder:empty, .age:empty { display: none; }
              .actions { flex: 1 0 100%; }
            }

            """)
}
