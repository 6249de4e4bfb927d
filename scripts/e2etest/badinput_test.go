//go:build e2e

package e2etest

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// sound is a workspace without a fault; a bad one replaces one piece of it.
const sound = `version: 1
client: {name: Sound Ltd}
currency: EUR
systems:
  - {id: shop, name: Shop, kind: ecommerce}
  - {id: erp, name: ERP, kind: erp}
roles:
  - {id: admin, name: Assistant}
flows:
  - id: orders
    from: shop
    to: erp
    role: admin
    effort: {hours_per_week: 4}
    volume: 40/day
    errors: [{what: Wrong, rate: 2%, cost: 15}]
  - {id: prices, from: erp, to: shop, effort: {hours_per_week: 1}}
`

// spoilt is the sound workspace with one piece replaced.
func spoilt(t *testing.T, piece, by string) map[string]string {
	t.Helper()
	if strings.Count(sound, piece) != 1 {
		t.Fatalf("the sound workspace has %q %d times, want once", piece, strings.Count(sound, piece))
	}
	return map[string]string{"flowmap.yaml": strings.Replace(sound, piece, by, 1)}
}

func TestTheSoundWorkspaceHasNoProblem(t *testing.T) {
	done(t, "check", write(t, map[string]string{"flowmap.yaml": sound}))
}

// Each of these is refused by check and by report, with a problem that says what is
// wrong, and every file stays as it was.
func TestBadInputIsRefusedAndChangesNothing(t *testing.T) {
	bomb := "x-0: &a0 [l, l, l, l, l, l, l, l, l, l]\n"
	for i := 1; i < 10; i++ {
		alias := "*a" + string(rune('0'+i-1))
		bomb += "x-" + string(rune('0'+i)) + ": &a" + string(rune('0'+i)) + " [" + strings.Repeat(alias+", ", 9) + alias + "]\n"
	}
	for name, c := range map[string]struct {
		files map[string]string
		says  string // a part of the problem
	}{
		"an empty file":              {map[string]string{"flowmap.yaml": ""}, "flowmap.yaml"},
		"no workspace":               {map[string]string{"notes.txt": "lunch"}, "flowmap.yaml"},
		"a tab as indent":            {spoilt(t, "    role: admin", "\trole: admin"), "tab"},
		"a misspelt key":             {spoilt(t, "    volume:", "    volumne:"), "volume"},
		"a duplicate id":             {spoilt(t, "{id: prices,", "{id: orders,"), "orders"},
		"a share of 85":              {spoilt(t, "rate: 2%", "rate: 85"), "85%"},
		"an estimate upside down":    {spoilt(t, "hours_per_week: 4}", "hours_per_week: [9, 6, 12]}"), "flowmap.yaml:14:"},
		"a unit outside the list":    {spoilt(t, "40/day", "[30, 40, 60]/day"), "flowmap.yaml:15:"},
		"a point and three digits":   {spoilt(t, "cost: 15", "cost: 1.200"), "1200"},
		"an unknown system":          {spoilt(t, "to: shop", "to: shopp"), "shop"},
		"a flow within one system":   {spoilt(t, "to: shop", "to: erp"), "flowmap.yaml:17:"},
		"a missing role":             {spoilt(t, "role: admin", "role: boss"), "boss"},
		"a ring of flows":            {spoilt(t, "    role: admin", "    role: admin\n    after: [orders]"), "orders"},
		"a second document":          {map[string]string{"flowmap.yaml": sound + "---\nversion: 1\n"}, "document"},
		"a byte-order mark, garbage": {map[string]string{"flowmap.yaml": "\ufeff\x00\x01\xfe\xff garbage"}, "flowmap.yaml"},
		"a file of 20 MiB":           {map[string]string{"flowmap.yaml": sound + strings.Repeat("# filler\n", 20<<20/9)}, "MiB"},
		"an alias bomb":              {map[string]string{"flowmap.yaml": sound + bomb}, "alias"},
		"a path out":                 {spoilt(t, "currency: EUR", "currency: EUR\nbrand: {logo: ../../secret}"), "secret"},
	} {
		t.Run(name, func(t *testing.T) {
			workspace := write(t, c.files)
			refused(t, workspace, 1, c.says, "check", workspace)
			refused(t, workspace, 1, c.says, "report", workspace)
		})
	}
}

// refused runs a command that has to end with the code and say what is wrong, and
// holds the folder to what it was.
func refused(t *testing.T, dir string, code int, says string, args ...string) {
	t.Helper()
	before := contents(t, dir)
	r := flowmap(t, args...)
	said := r.stdout + r.stderr
	if r.code != code {
		t.Errorf("flowmap %s ended with %d, want %d:\n%.2000s", args[0], r.code, code, said)
	}
	if !strings.Contains(said, says) {
		t.Errorf("flowmap %s does not say %q:\n%.2000s", args[0], says, said)
	}
	if strings.Contains(said, "goroutine ") || len(said) > 10_000 {
		t.Errorf("flowmap %s says more than a person can use:\n%.2000s", args[0], said)
	}
	for _, change := range changes(before, contents(t, dir)) {
		t.Errorf("flowmap %s left a change: %s", args[0], change)
	}
}

func TestALinkOutOfTheWorkspaceIsRefused(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(secret, []byte("password: hunter2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	const logo = "currency: EUR\nbrand: {logo: assets/logo.png}"
	for name, text := range map[string]string{
		"interviews/2026-11-02-maria.yaml": sound,
		"assets/logo.png":                  strings.Replace(sound, "currency: EUR", logo, 1),
	} {
		workspace := write(t, map[string]string{"flowmap.yaml": text, path.Dir(name) + "/notes.txt": ""})
		if err := os.Symlink(secret, filepath.Join(workspace, name)); err != nil {
			t.Fatal(err)
		}
		refused(t, workspace, 1, filepath.Base(name), "check", workspace)
		refused(t, workspace, 1, filepath.Base(name), "report", workspace)
		if r := flowmap(t, "check", workspace); strings.Contains(r.stdout+r.stderr, "hunter2") {
			t.Errorf("what the link leads to is shown:\n%s%s", r.stdout, r.stderr)
		}
	}
}

func TestWrongUsageIsSaid(t *testing.T) {
	workspace := write(t, map[string]string{"flowmap.yaml": sound})
	refused(t, workspace, 2, "svg", "map", workspace, "--format", "bmp")
	refused(t, workspace, 2, "xlsx", "report", workspace, "--only", "xls")
	refused(t, workspace, 2, "--wrokspace", "check", "--wrokspace", workspace)
	refused(t, workspace, 2, "chekc", "chekc", workspace)
}
