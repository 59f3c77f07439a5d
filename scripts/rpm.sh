#!/usr/bin/env bash
# Makes the RPM package of the release binary, in .build/packages, and prints its path.
#   rpm.sh [TREE]    of what scripts/install.sh has put there, by default of what it installs now
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=$(scripts/version.sh)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH

folder=$PWD/.build/packages
top=$folder/rpm
rm -rf "$top"
mkdir -p "$top/files" "$top/SPECS"
mkdir "$top/files/usr"
if [ $# -gt 0 ]; then cp -a "$1/." "$top/files/usr/"; else scripts/install.sh "$top/files/usr" >&2; fi
scripts/user-units.sh "$top/files/usr/bin" "$top/files/usr/lib/systemd/user"
gzip -9n "$top/files/usr/share/man/man1/"*.1
mkdir -p "$top/files/usr/share/licenses/portrun"
cp LICENSE "$top/files/usr/share/licenses/portrun/"

cat >"$top/SPECS/portrun.spec" <<EOF
Name: portrun
Version: $version
Release: 1
Summary: Run a command on ports that nobody else on this machine has
License: MIT
URL: https://github.com/portrun/portrun
# Static: it needs no library, and has no debug symbols left.
AutoReqProv: no
%global debug_package %{nil}
%global _build_id_links none
%global __os_install_post %{nil}

%description
Two git worktrees of one project, or two projects, want the same ports, and the
second one fails to start. In front of any command, portrun books ports for its
checkout machine-wide, tells the command of them, and gives them back when the
command ends. Nothing in the project is edited.

%install
cp -a $top/files/. %{buildroot}/

%files
# Also those of shells that may not be there.
%dir /usr/share/bash-completion
%dir /usr/share/bash-completion/completions
%dir /usr/share/fish
%dir /usr/share/fish/vendor_completions.d
%dir /usr/share/zsh
%dir /usr/share/zsh/site-functions
%dir /usr/share/licenses/portrun
%license /usr/share/licenses/portrun/LICENSE
$(cd "$top/files" && find usr/share/doc/portrun -type d -printf '%%dir /%p\n' | LC_ALL=C sort)
$(cd "$top/files" && find usr -type f ! -path '*/licenses/*' -printf '/%p\n' | LC_ALL=C sort)
EOF
rpmbuild -bb --quiet --define "_topdir $top" --define "use_source_date_epoch_as_buildtime 1" \
    --define "clamp_mtime_to_source_date_epoch 1" --define "_buildhost portrun" "$top/SPECS/portrun.spec" >&2
package=$(find "$top/RPMS" -name '*.rpm')
mv "$package" "$folder/"
rm -rf "$top"
echo "$folder/${package##*/}"
