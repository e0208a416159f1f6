# shellcheck shell=bash disable=SC2154
# For good: cloud-init may write the hosts file anew at each boot, from its template.
for f in /etc/hosts /etc/cloud/templates/hosts.debian.tmpl; do
	[[ -e $f ]] || continue
	lines=$(grep -vxFf $f $etc/hosts) || continue
	[[ ! $(tail -c1 $f) ]] || echo >>$f
	echo "$lines" >>$f
done
