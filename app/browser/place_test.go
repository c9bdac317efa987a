package browser

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPlace(t *testing.T) {
	cases := []struct {
		name string
		rows []Row
		want []Placed
	}{
		{"none", nil, []Placed{}},
		{"free: each level with its claim", []Row{
			{ID: "b", Want: 400, High: 50}, {ID: "a", Want: 200, High: 100},
		}, []Placed{
			{ID: "a", Y: 200, High: 100, Mark: 198},
			{ID: "b", Y: 400, High: 50, Mark: 398},
		}},
		{"later ones are pushed down and led", []Row{
			{ID: "a", Want: 200, High: 100}, {ID: "b", Want: 210, High: 50}, {ID: "c", Want: 215, High: 50},
		}, []Placed{
			{ID: "a", Y: 200, High: 100, Mark: 198},
			{ID: "b", Y: 310, High: 50, Mark: 224, Pushed: 86},
			{ID: "c", Y: 370, High: 50, Mark: 250, Pushed: 120},
		}},
		{"the open one is level, the one before goes up", []Row{
			{ID: "a", Want: 200, High: 100}, {ID: "b", Want: 250, High: 50, Open: true},
		}, []Placed{
			{ID: "a", Y: 140, High: 100, Mark: 198},
			{ID: "b", Y: 250, High: 50, Mark: 248},
		}},
		{"one that stays does, wherever its claim is, and keeps its place in the order", []Row{
			{ID: "a", Want: 200, High: 100}, {ID: "b", Want: 210, High: 50, Open: true, Stays: true, At: 600}, {ID: "c", Want: 215, High: 50},
		}, []Placed{
			{ID: "a", Y: 200, High: 100, Mark: 198},
			{ID: "b", Y: 600, High: 50, Mark: 224, Pushed: 376},
			{ID: "c", Y: 660, High: 50, Mark: 250, Pushed: 410},
		}},
		{"amid others: what is pushed stays close to what pushed it, and so do the marks", []Row{
			{ID: "a", Want: 200, High: 100}, {ID: "b", Want: 210, High: 50}, {ID: "c", Want: 215, High: 50, Open: true, Stays: true, At: 900, AtMark: 400, Amid: true},
		}, []Placed{
			{ID: "a", Y: 730, High: 100, Mark: 348, Pushed: 382},
			{ID: "b", Y: 840, High: 50, Mark: 374, Pushed: 466},
			{ID: "c", Y: 900, High: 50, Mark: 400, Pushed: 500},
		}},
		{"amid others: where there is room each is level with its claim", []Row{
			{ID: "a", Want: 200, High: 100}, {ID: "b", Want: 600, High: 50}, {ID: "c", Want: 900, High: 50, Open: true, Stays: true, At: 900, AtMark: 898, Amid: true},
		}, []Placed{
			{ID: "a", Y: 200, High: 100, Mark: 198},
			{ID: "b", Y: 600, High: 50, Mark: 598},
			{ID: "c", Y: 900, High: 50, Mark: 898},
		}},
		{"never over the head, even the open one", []Row{
			{ID: "a", Want: 20, High: 100}, {ID: "b", Want: 30, High: 50, Open: true},
		}, []Placed{
			{ID: "a", Y: 40, High: 100, Mark: 18, Pushed: 22},
			{ID: "b", Y: 150, High: 50, Mark: 44, Pushed: 106},
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Place(c.rows, 40, 10); !slices.Equal(got, c.want) {
				t.Errorf("Place(%v)\n got %v\nwant %v", c.rows, got, c.want)
			}
		})
	}
}

// Whatever the notes, none covers another or the head, the order is that of the
// claims, and the open one is level where the ones before it leave room.
func TestPlaceNeverOverlaps(t *testing.T) {
	const ceiling, gap = 40.0, 28.0
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		rows := make([]Row, 1+random.IntN(12))
		for i := range rows {
			rows[i] = Row{ID: string(rune('a' + i)), Want: float64(random.IntN(1500)), High: float64(20 + random.IntN(300))}
		}
		open := random.IntN(len(rows))
		rows[open].Open = true
		before := slices.Clone(rows)

		need, got := ceiling, Place(rows, ceiling, gap)
		if !slices.Equal(rows, before) {
			t.Fatalf("Place changed its argument: %v, was %v", rows, before)
		}
		for i, p := range got {
			if p.Y < ceiling {
				t.Fatalf("Place(%v): %s stands at %v, above %v", rows, p.ID, p.Y, ceiling)
			}
			if i > 0 && p.Y < got[i-1].Y+got[i-1].High+gap {
				t.Fatalf("Place(%v): %s stands on %s", rows, p.ID, got[i-1].ID)
			}
			if p.ID == rows[open].ID && p.Y != max(rows[open].Want, need) {
				t.Fatalf("Place(%v): open at %v, want %v", rows, p.Y, max(rows[open].Want, need))
			}
			need += p.High + gap
		}
	}
}

// Where one note stays, notes that come or go at the far ends move no other.
func TestPlaceKeepsStill(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	rows := make([]Row, 60)
	for i := range rows {
		rows[i] = Row{ID: string(rune('A' + i)), Want: float64(3000 + 40*i + random.IntN(30)), High: float64(60 + random.IntN(200))}
	}
	rows[30].Open, rows[30].Stays, rows[30].Amid = true, true, true
	rows[30].At, rows[30].AtMark = 12000, 5000
	all := map[string]Placed{}
	for _, p := range Place(rows, 40, 28) {
		all[p.ID] = p
	}
	for _, p := range Place(rows[7:52], 40, 28) {
		if p != all[p.ID] {
			t.Errorf("without others %s stands as %+v, before as %+v", p.ID, p, all[p.ID])
		}
	}
}
