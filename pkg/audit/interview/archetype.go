package interview

import (
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/audit"
	"github.com/flowmap-dev/flowmap/pkg/lang"
)

// Archetypes lists the kinds of companies whose usual systems and data ship
// with flowmap.
func Archetypes() []string {
	return []string{"wholesale", "web-shop", "manufacturing", "professional-services", "construction", "clinic"}
}

// archetype is what a company of one kind usually has.
type archetype struct {
	Departments []string `yaml:"departments"`
	Systems     []struct {
		ID   string     `yaml:"id" as:"id" need:"true"`
		Kind audit.Kind `yaml:"kind" need:"true"`
	} `yaml:"systems"`
	Entities []struct {
		ID           string             `yaml:"id" as:"id" need:"true"`
		Record       string             `yaml:"record" need:"true"`
		Key          []string           `yaml:"key"`
		PersonalData audit.PersonalData `yaml:"personal_data"`
	} `yaml:"entities"`
}

// Workspace writes a new flowmap.yaml. What the archetype brings has ids and
// names in the language, and is not confirmed.
func (s Setup) Workspace() ([]byte, error) {
	p, err := lang.New(s.Language)
	if err != nil {
		return nil, err
	}
	client := []audit.Field{stating("name", s.Client)}
	if s.Sector != "" {
		client = append(client, stating("sector", s.Sector))
	}
	changes := []audit.Change{
		audit.Set(audit.Path{"version"}, audit.Text(strconv.Itoa(audit.FormatVersion))),
		audit.Set(audit.Path{"client"}, audit.Fields(client...)),
		audit.Set(audit.Path{"currency"}, audit.Text(s.Currency)),
		audit.Set(audit.Path{"language"}, audit.Text(s.Language)),
	}
	if s.Template == "" || s.Template == NoTemplate {
		return audit.Edit([]byte("# "+p.Text("ask.file.plain", nil)+"\n"), changes...)
	}
	var a archetype
	if err := shipped("archetypes/"+s.Template+".yaml", &a); err != nil {
		return nil, err
	}
	header := "# " + p.Text("ask.file.header", nil) + "\n"
	return audit.Edit([]byte(header), append(changes, a.changes(p)...)...)
}

// Departments lists those that a company of the archetype has, in words of the
// language; empty without an archetype.
func (s Setup) Departments() (string, error) {
	if s.Template == "" || s.Template == NoTemplate {
		return "", nil
	}
	p, err := lang.New(s.Language)
	if err != nil {
		return "", err
	}
	var a archetype
	err = shipped("archetypes/"+s.Template+".yaml", &a)
	return s.departments(p, a), err
}

func (s Setup) departments(p lang.Printer, a archetype) string {
	names := make([]string, len(a.Departments))
	for i, d := range a.Departments {
		names[i] = p.Text("department."+d, nil)
	}
	return p.List(names)
}

func stating(key, value string) audit.Field { return audit.Field{Key: key, Value: audit.Text(value)} }

// changes put in the archetype's departments, systems and entities.
func (a archetype) changes(p lang.Printer) []audit.Change {
	ids := map[string]string{}
	var all []audit.Change
	for _, d := range a.Departments {
		all = append(all, audit.Append(audit.Path{"departments"}, audit.Fields(stating("name", d), stating("confirmed", string(audit.No)))))
	}
	for _, s := range a.Systems {
		name := placeName(p, s.ID, s.Kind)
		ids[s.ID] = slug(name)
		all = append(all, audit.Append(audit.Path{"systems"}, audit.Fields(stating("id", ids[s.ID]), stating("name", name),
			stating("kind", string(s.Kind)), stating("confirmed", string(audit.No)))))
	}
	for _, e := range a.Entities {
		name := p.Text("ask.data."+e.ID, nil)
		fields := []audit.Field{stating("id", slug(name)), stating("name", name), stating("record", ids[e.Record])}
		if len(e.Key) > 0 {
			fields = append(fields, audit.Field{Key: "key", Value: audit.Texts(e.Key...)})
		}
		if e.PersonalData != "" {
			fields = append(fields, stating("personal_data", string(e.PersonalData)))
		}
		all = append(all, audit.Append(audit.Path{"entities"}, audit.Fields(append(fields, stating("confirmed", string(audit.No)))...)))
	}
	return all
}

// placeName is what a system is called until somebody says its name: its own
// word, else that of its kind.
func placeName(p lang.Printer, id string, kind audit.Kind) string {
	if own := "ask.place." + id; p.Has(own) {
		return p.Text(own, nil)
	}
	name := p.Text("kind."+string(kind), nil)
	return strings.ToUpper(name[:1]) + name[1:]
}
