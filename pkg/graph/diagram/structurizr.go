package diagram

import (
	"encoding/json"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/flowmap-dev/flowmap/pkg/draw"
)

// Structurizr writes the plan as a workspace of Structurizr: systems as software
// systems, links as relationships, and one system landscape view with places.
// https://github.com/structurizr/json
func Structurizr(w io.Writer, p Plan) error {
	v := p.View
	systems := make([]c4System, len(v.Nodes))
	styles := c4Styles{Elements: []c4Style{}, Relationships: []c4Style{}}
	at := make(map[string]int, len(v.Nodes))
	view := c4View{Key: "map", Title: draw.Clean(v.heading()), Dimensions: c4Size{c4Length(p.Width), c4Length(p.Height)}}
	names := map[string]bool{}
	for i, n := range v.Nodes {
		at[n.ID] = i
		tag, b := "system "+n.ID, p.Nodes[i]
		systems[i] = c4System{ID: strconv.Itoa(i + 1), Name: unique(draw.Clean(n.Name), n.ID, names), Description: draw.Clean(n.Note), Tags: "Element,Software System," + tag,
			Location: "Internal", Properties: facts("id", n.ID, "kind", string(n.Kind), "records", strings.Join(n.Records, ", "), "hours_per_week", figure(n.Hours))}
		if n.Outside {
			systems[i].Location = "External"
		}
		view.Elements = append(view.Elements, c4Place{ID: systems[i].ID, X: c4Length(b.X), Y: c4Length(b.Y)})
		styles.Elements = append(styles.Elements, n.c4(tag, b))
	}
	for i, l := range v.Links {
		line := p.Lines[i]
		id, tag := strconv.Itoa(len(v.Nodes)+i+1), "link "+strconv.Itoa(l.Number)
		from := &systems[at[l.From]]
		from.Relationships = append(from.Relationships, c4Relation{ID: id, Source: from.ID, Destination: systems[at[l.To]].ID,
			Description: strings.ReplaceAll(draw.Clean(l.caption(false)), "\n", " "), Technology: string(l.How), Tags: "Relationship," + tag,
			Properties: facts("flows", strings.Join(l.Flows, ", "), "hours_per_week", figure(l.Hours), "pattern", string(l.Pattern), "two_way", yes(l.TwoWay), "number", strconv.Itoa(i+1))})
		mid := line.Label.middle()
		view.Relationships = append(view.Relationships, c4Route{ID: id, Vertices: []c4Vertex{{c4Length(mid.X), c4Length(mid.Y)}}, Routing: "Curved"})
		dashed := line.Stroke.Dash != nil
		styles.Relationships = append(styles.Relationships, c4Style{Tag: tag, Colour: line.Stroke.Colour.String(), Thickness: max(1, int(math.Round(line.Stroke.Width*c4Scale))), Dashed: &dashed})
	}
	text, err := json.MarshalIndent(c4Workspace{Name: draw.Clean(v.heading()), Description: draw.Clean(v.describe()), Model: c4Model{systems},
		Views: c4Views{Landscape: []c4View{view}, Configuration: c4Configuration{styles}}}, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}

// c4Scale is how many of Structurizr's pixels, of which A4 has 3,508 by 2,480, a
// point has.
const c4Scale = 3508 / a4Long

func c4Length(x float64) int { return max(0, int(math.Round(x*c4Scale))) }

// unique is a name that no system had yet: Structurizr wants each once.
func unique(name, id string, had map[string]bool) string {
	if had[name] {
		name += " (" + id + ")"
	}
	had[name] = true
	return name
}

// facts are properties: name, value, name, value; empty ones are left out.
func facts(pairs ...string) map[string]string {
	out := map[string]string{}
	for _, a := range data(pairs...) {
		out[a.Name.Local] = a.Value
	}
	return out
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// c4 is the look of a system.
func (n Node) c4(tag string, b Box) c4Style {
	s := c4Style{Tag: tag, Width: c4Length(b.W), Height: c4Length(b.H), Background: b.Face.Fill.String(), Stroke: b.Face.Edge.String(), Colour: b.Face.Ink.String(), Shape: "RoundedBox", Border: "Solid", FontSize: 36}
	switch n.outline() {
	case outside:
		s.Border = "Dashed"
	case sheet:
		s.Shape = "Folder"
	case platform:
		s.Shape = "Hexagon"
	case inside:
	}
	return s
}

type c4Workspace struct {
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Model       c4Model `json:"model"`
	Views       c4Views `json:"views"`
}

type c4Model struct {
	Systems []c4System `json:"softwareSystems"`
}

type c4System struct {
	ID            string            `json:"id"`
	Name          string            `json:"name"`
	Description   string            `json:"description,omitempty"`
	Location      string            `json:"location"`
	Tags          string            `json:"tags"`
	Properties    map[string]string `json:"properties,omitempty"`
	Relationships []c4Relation      `json:"relationships,omitempty"`
}

type c4Relation struct {
	ID          string            `json:"id"`
	Source      string            `json:"sourceId"`
	Destination string            `json:"destinationId"`
	Description string            `json:"description"`
	Technology  string            `json:"technology,omitempty"`
	Tags        string            `json:"tags"`
	Properties  map[string]string `json:"properties,omitempty"`
}

type c4Views struct {
	Landscape     []c4View        `json:"systemLandscapeViews"`
	Configuration c4Configuration `json:"configuration"`
}

type c4View struct {
	Key           string    `json:"key"`
	Title         string    `json:"title"`
	Dimensions    c4Size    `json:"dimensions"`
	Elements      []c4Place `json:"elements"`
	Relationships []c4Route `json:"relationships"`
}

type c4Size struct {
	Width  int `json:"width"`
	Height int `json:"height"`
}

type c4Place struct {
	ID string `json:"id"`
	X  int    `json:"x"`
	Y  int    `json:"y"`
}

type c4Route struct {
	ID       string     `json:"id"`
	Vertices []c4Vertex `json:"vertices"`
	Routing  string     `json:"routing"`
}

type c4Vertex struct {
	X int `json:"x"`
	Y int `json:"y"`
}

type c4Configuration struct {
	Styles c4Styles `json:"styles"`
}

type c4Styles struct {
	Elements      []c4Style `json:"elements"`
	Relationships []c4Style `json:"relationships"`
}

type c4Style struct {
	Tag        string `json:"tag"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
	Background string `json:"background,omitempty"`
	Stroke     string `json:"stroke,omitempty"`
	Colour     string `json:"color,omitempty"`
	FontSize   int    `json:"fontSize,omitempty"`
	Shape      string `json:"shape,omitempty"`
	Border     string `json:"border,omitempty"`
	Thickness  int    `json:"thickness,omitempty"`
	Dashed     *bool  `json:"dashed,omitempty"`
}
