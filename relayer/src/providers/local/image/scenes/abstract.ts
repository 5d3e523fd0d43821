import { fractal, ridged } from "../chance.ts";
import { type Colour, css, lighter, mix, table } from "../colour.ts";
import { clamp, computed, type Layer, type Pen, type Studio, smooth } from "../studio.ts";

/** No thing at all: marble, ribbons, or shapes in balance. Words such as "geometric" or "flow" choose; else chance. */
export function abstract(studio: Studio): Layer[] {
  const form = studio.brief.form ?? studio.chance("abstract").pick(["marble", "ribbons", "shapes"] as const);
  if (form === "marble") return marble(studio);
  if (form === "ribbons") return ribbons(studio);
  return shapes(studio);
}

/** The palette as a row from dark to light with its accents between. */
function rowOf({ palette }: Studio): Colour[] {
  const row = [
    palette.near,
    palette.zenith,
    palette.far,
    palette.accents[0],
    palette.sky,
    palette.accents[1],
    palette.cloud,
    palette.horizon,
    palette.light,
  ];
  return [...row].sort(([one], [other]) => one - other);
}

/** Colours stirred into each other, lit as if they were thick. */
function marble(studio: Studio): Layer[] {
  const { palette, width, height, bleed, detail } = studio;
  const chance = studio.chance("marble");
  const noise = studio.noise("marble");
  const row = rowOf(studio);
  const mixed = [
    row[0],
    row[2],
    palette.accents[0],
    row[4],
    palette.horizon,
    row[1],
    palette.sky,
    palette.accents[1],
    palette.light,
    row[3],
  ].filter((one) => one !== undefined);
  const colours = table(mixed, 1_024);
  const [turns, size] = [chance.between(1.5, 2.6), chance.between(0.15, 0.24)];
  return [
    {
      name: "marble",
      depth: 0.2,
      draw(pen) {
        const across = width + 2 * bleed;
        const down = height + 2 * bleed;
        const columns = Math.round(440 * Math.min(2, detail ** 0.7));
        const rows = Math.max(2, Math.round((columns * down) / across));
        const heights = new Float32Array(columns * rows);
        const veins = new Float32Array(columns * rows);
        for (let index = 0; index < heights.length; index += 1) {
          const x = ((index % columns) / columns - 0.5) * size * 2 * Math.sqrt(across / down);
          const y = (Math.floor(index / columns) / rows - 0.5) * size * 2 * Math.sqrt(down / across);
          const ax = fractal(noise, x, y, 4);
          const ay = fractal(noise, x + 5.2, y + 1.3, 4);
          const bx = fractal(noise, x + turns * ax + 1.7, y + turns * ay + 9.2, 3);
          const by = fractal(noise, x + turns * ax + 8.3, y + turns * ay + 2.8, 3);
          heights[index] = fractal(noise, x + turns * 0.8 * bx, y + turns * 0.8 * by, detail > 1 ? 5 : 4);
          veins[index] = bx;
        }
        const sheet = computed(columns, rows, (_u, _v, out, at) => {
          const index = at / 4;
          const here = heights[index] ?? 0;
          const slope =
            ((heights[index + 1] ?? here) - here + ((heights[index + columns] ?? here) - here)) * columns * 0.02;
          const place = clamp(0.5 + here * 0.52 + (veins[index] ?? 0) * 0.3);
          const step = Math.floor(place * 1_023) * 3;
          const gold = smooth(0.9, 0.985, 1 - Math.abs((veins[index] ?? 0) * 1.3 - 0.1));
          const lift = clamp(-slope, -0.5, 0.5) * 70 + gold * 26;
          out[at] = (colours[step] ?? 0) + lift * 1.06;
          out[at + 1] = (colours[step + 1] ?? 0) + lift;
          out[at + 2] = (colours[step + 2] ?? 0) + lift * 0.9;
          out[at + 3] = 255;
        });
        pen.imageSmoothingQuality = "high";
        pen.drawImage(sheet, -bleed, -bleed, across, down);
      },
    },
    motes(studio),
  ];
}

/** Bands that follow one current, each lit along its edge. */
function ribbons(studio: Studio): Layer[] {
  const { palette, width, height, bleed, unit, detail, line } = studio;
  const chance = studio.chance("ribbons");
  const noise = studio.noise("ribbons");
  const row = rowOf(studio);
  const count = Math.round(13 + 5 * Math.min(2, detail));
  const slope = chance.between(-0.35, 0.35);
  const ground: Layer = {
    name: "ground",
    depth: 0,
    draw(pen) {
      const shade = pen.createLinearGradient(0, 0, width * 0.3, height);
      shade.addColorStop(0, css(palette.horizon));
      shade.addColorStop(1, css(mix(palette.sky, palette.horizon, 0.3)));
      pen.fillStyle = shade;
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
    },
  };
  return [
    ground,
    ...Array.from({ length: count }, (_, index): Layer => {
      const t = index / (count - 1);
      const colour = row[Math.round((1 - t) * (row.length - 1) * 0.96)] ?? palette.sky;
      const special = chance.happens(0.22) ? chance.pick(palette.accents) : colour;
      const thick = height * chance.between(0.1, 0.2);
      const wave = (x: number, seconds: number) =>
        height * (-0.05 + 1.1 * t) +
        slope * (x - width / 2) +
        fractal(noise, (x / width) * 1.1 + t * 0.5, t * 1.6 + seconds * 0.05, 3) * height * 0.34;
      const drawAt = (pen: Pen, seconds: number) => {
        const step = Math.max(2, unit * 7);
        const trace = (offset: number) => {
          pen.beginPath();
          for (let x = -bleed - step; x <= width + bleed + step; x += step) pen.lineTo(x, wave(x, seconds) + offset);
        };
        trace(0);
        pen.lineTo(width + bleed + step, height + bleed * 2 + thick);
        pen.lineTo(-bleed - step, height + bleed * 2 + thick);
        pen.closePath();
        const middle = wave(width / 2, seconds);
        const shade = pen.createLinearGradient(0, middle - thick, 0, middle + thick * 1.6);
        shade.addColorStop(0, css(lighter(special, 0.07)));
        shade.addColorStop(0.5, css(special));
        shade.addColorStop(1, css(mix(special, palette.near, 0.42)));
        pen.fillStyle = line === "paper" ? css(special) : shade;
        pen.fill();
        trace(unit);
        pen.strokeStyle = css(mix(special, palette.light, 0.65), 0.75);
        pen.lineWidth = unit * 2.2;
        pen.stroke();
      };
      // Cut paper lies still, or its shadows would have to be cast anew for every frame.
      const drawing: Pick<Layer, "draw" | "live"> =
        line === "paper" ? { draw: (pen) => drawAt(pen, 0) } : { live: drawAt };
      return { name: `ribbon ${index}`, depth: 0.1 + t * 0.6, solid: true, ...drawing };
    }),
    motes(studio),
  ];
}

/** Circles, bars and arcs that hold each other in balance. */
function shapes(studio: Studio): Layer[] {
  const { palette, width, height, bleed, unit, brief } = studio;
  const chance = studio.chance("shapes");
  const row = rowOf(studio);
  const paper = mix(palette.paper, palette.horizon, 0.35);
  const colours = [
    palette.accents[0],
    palette.accents[1],
    palette.zenith,
    palette.sky,
    palette.far,
    palette.near,
    row[6] ?? palette.horizon,
  ];
  const ground: Layer = {
    name: "ground",
    depth: 0,
    draw(pen) {
      pen.fillStyle = css(paper);
      pen.fillRect(-bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
      const noise = studio.noise("ground");
      const stain = computed(96, 96, (u, v, out, at) => {
        const tone = ridged(noise, u * 1.5, v * 1.5, 3);
        const colour = table([palette.horizon, palette.sky], 2);
        out.set([colour[0] ?? 0, colour[1] ?? 0, colour[2] ?? 0, 90 * tone * tone], at);
      });
      pen.imageSmoothingQuality = "high";
      pen.drawImage(stain, -bleed, -bleed, width + 2 * bleed, height + 2 * bleed);
    },
  };
  const hub = { x: width * chance.pick([0.36, 0.42, 0.58, 0.64]), y: height * chance.between(0.36, 0.6) };
  const lean = chance.pick([-0.52, -0.26, 0.26, 0.52, 0.785]);
  const asked = [...brief.things.values()].find((one) => one > 0);
  const number = asked ?? chance.whole(15, 21);
  const kinds = ["disc", "ring", "bar", "half", "arc", "square", "dots", "triangle", "rays"] as const;
  const layers = Array.from({ length: number }, (_, index): Layer => {
    const first = index === 0;
    const near = index / number;
    const kind = first ? "disc" : chance.pick(kinds);
    const angle = index * 2.4 + chance.between(-0.4, 0.4);
    const away = first ? 0 : unit * 70 + unit * 420 * Math.sqrt(near) * chance.between(0.7, 1.15);
    const [x, y] = [hub.x + Math.cos(angle) * away, hub.y + Math.sin(angle) * away];
    const size = unit * (first ? chance.between(190, 250) : chance.between(36, 150) * (1.25 - near * 0.75));
    const colour = chance.pick(colours);
    const second = chance.pick(colours);
    const turn = lean + chance.pick([0, Math.PI / 2, Math.PI]);
    const multiply = !first && chance.happens(0.4);
    const spin = chance.between(-0.22, 0.22);
    return {
      name: `shape ${index}`,
      depth: 0.1 + near * 0.8,
      live(pen, seconds) {
        pen.save();
        pen.translate(
          x + Math.sin(seconds * 0.5 + index) * unit * 9,
          y + Math.cos(seconds * 0.4 + index * 2) * unit * 9,
        );
        pen.rotate(turn + spin * seconds);
        if (studio.line === "paper") {
          pen.shadowColor = "rgba(20,16,30,0.38)";
          pen.shadowBlur = unit * studio.scale * 13;
          pen.shadowOffsetY = unit * studio.scale * 5;
        } else if (multiply) pen.globalCompositeOperation = "multiply";
        const shade = pen.createLinearGradient(-size, -size, size, size);
        shade.addColorStop(0, css(lighter(colour, 0.06)));
        shade.addColorStop(1, css(mix(colour, second, first ? 0.65 : 0.25)));
        pen.fillStyle = shade;
        pen.strokeStyle = shade;
        pen.lineCap = "butt";
        pen.beginPath();
        if (kind === "disc") pen.arc(0, 0, size, 0, Math.PI * 2);
        if (kind === "half") pen.arc(0, 0, size, 0, Math.PI);
        if (kind === "square") pen.rect(-size * 0.7, -size * 0.7, size * 1.4, size * 1.4);
        if (kind === "bar") pen.rect(-size * 2.6, -unit * 9, size * 5.2, unit * 13);
        if (kind === "triangle") {
          pen.moveTo(0, -size);
          pen.lineTo(size * 0.87, size * 0.5);
          pen.lineTo(-size * 0.87, size * 0.5);
        }
        if (kind === "dots") {
          for (let dot = 0; dot < 25; dot += 1) {
            const [dx, dy] = [((dot % 5) - 2) * size * 0.4, (Math.floor(dot / 5) - 2) * size * 0.4];
            pen.moveTo(dx + size * 0.1, dy);
            pen.arc(dx, dy, size * 0.1, 0, Math.PI * 2);
          }
        }
        pen.fill();
        if (kind === "ring" || kind === "arc") {
          for (let ring = 0; ring < (kind === "arc" ? 5 : 2); ring += 1) {
            pen.lineWidth = size * (kind === "arc" ? 0.07 : 0.14);
            pen.beginPath();
            pen.arc(
              0,
              0,
              size * (1 - ring * (kind === "arc" ? 0.17 : 0.36)),
              0,
              kind === "arc" ? Math.PI : Math.PI * 2,
            );
            pen.stroke();
          }
        }
        if (kind === "rays") {
          pen.lineWidth = unit * 3;
          for (let ray = 0; ray < 9; ray += 1) {
            pen.beginPath();
            pen.moveTo(0, 0);
            pen.lineTo(Math.cos(ray * 0.12) * size * 2, Math.sin(ray * 0.12) * size * 2);
            pen.stroke();
          }
        }
        pen.restore();
      },
    };
  });
  return [ground, ...layers];
}

/** A little dust of light that gives depth. */
function motes(studio: Studio): Layer {
  const { palette, width, height, bleed, unit } = studio;
  const chance = studio.chance("motes");
  const list = Array.from({ length: 70 }, () => ({
    x: chance.between(-bleed, width + bleed),
    y: chance.between(-bleed, height + bleed),
    size: unit * (1 + 4 * chance.next() ** 3),
    phase: chance.between(0, 6.28),
  }));
  return {
    name: "motes",
    depth: 0.8,
    live(pen, seconds) {
      for (const { x, y, size, phase } of list) {
        pen.fillStyle = css(palette.light, 0.3 + 0.3 * Math.sin(phase + seconds));
        pen.beginPath();
        pen.arc(x + Math.sin(phase + seconds * 0.4) * unit * 16, y - seconds * unit * 9, size, 0, Math.PI * 2);
        pen.fill();
      }
    },
  };
}
