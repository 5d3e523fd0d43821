import { fractal, ridged } from "../chance.ts";
import { type Colour, chromaOf, css, lighter, mix, table, toRgb, vivid } from "../colour.ts";
import { glow, starLayer } from "../sky.ts";
import { clamp, computed, type Layer, type Pen, type Studio, smooth } from "../studio.ts";

/** Nebulae, galaxies, planets and stars. */
export function cosmos(studio: Studio): Layer[] {
  const { brief, width, height, bleed, unit } = studio;
  const chance = studio.chance("cosmos");
  const spiral = brief.things.has("galaxy") || (!brief.things.has("planet") && chance.happens(0.3));
  const layers: Layer[] = [nebula(studio, spiral ? 0.45 : 1), starLayer(studio, height + bleed, 1_900)];
  if (spiral) layers.push(galaxy(studio));
  layers.push(brightStars(studio));
  const worlds = brief.things.has("planet")
    ? Math.max(1, Math.min(7, brief.things.get("planet") ?? 1))
    : spiral || chance.happens(0.2)
      ? 0
      : 1;
  for (let index = 0; index < worlds; index += 1) {
    const first = index === 0;
    const radius = unit * (first ? chance.between(150, 240) : chance.between(26, 80));
    layers.push(
      planet(studio, `planet ${index}`, {
        x: width * (first ? chance.pick([0.34, 0.4, 0.62, 0.66]) : chance.between(0.08, 0.92)),
        y: height * (first ? chance.between(0.42, 0.64) : chance.between(0.1, 0.9)),
        radius,
        ring: first ? brief.things.has("ring") || chance.happens(0.5) : chance.happens(0.2),
        depth: 0.2 + (radius / (unit * 240)) * 0.5,
      }),
    );
  }
  if (brief.things.has("comet")) layers.push(comets(studio));
  return layers;
}

/** Three colours that glow: what stands out of the palette first, else its sky. */
function glowing({ palette }: Studio): readonly [Colour, Colour, Colour] {
  const bright = (colour: Colour): Colour =>
    vivid([Math.max(0.58, Math.min(0.76, colour[0])), colour[1], colour[2]], chromaOf(colour) < 0.05 ? 1 : 1.15);
  return [bright(mix(palette.sky, palette.zenith, 0.1)), bright(palette.accents[0]), bright(palette.accents[1])];
}

/** Gas that glows and dust that hides it, in three colours. */
function nebula(studio: Studio, strength: number): Layer {
  const { palette, width, height, bleed, detail } = studio;
  const chance = studio.chance("nebula");
  const noise = studio.noise("nebula");
  const space = lighter(mix(palette.zenith, [0.12, 0.005, -0.03], 0.65), -0.03);
  const [one, two, three] = glowing(studio).map(toRgb);
  const dark = toRgb(space);
  const turn = chance.between(0, Math.PI);
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  return {
    name: "nebula",
    depth: 0.02,
    draw(pen) {
      const across = width + 2 * bleed;
      const down = height + 2 * bleed;
      const columns = Math.round(330 * Math.min(2, detail ** 0.7));
      const octaves = detail > 1 ? 6 : 5;
      const cloud = computed(columns, (columns * down) / across, (u, v, out, at) => {
        const x = (u - 0.5) * 2.2 * Math.sqrt(across / down);
        const y = (v - 0.5) * 2.2 * Math.sqrt(down / across);
        const along = x * cosine + y * sine;
        const aside = -x * sine + y * cosine;
        const bendX = fractal(noise, x * 0.8 + 3, y * 0.8, 4);
        const bendY = fractal(noise, x * 0.8, y * 0.8 + 17, 4);
        const band = Math.exp(-((aside + bendX * 0.5) ** 2) * 2.2);
        const gas =
          smooth(-0.32, 0.75, fractal(noise, x * 0.9 + bendX * 1.25, y * 0.9 + bendY * 1.25, octaves)) *
          (0.22 + 0.95 * band) *
          strength;
        const threads = ridged(noise, x * 1.5 + bendY * 0.9, y * 1.5 - bendX * 0.9, 4) ** 3 * gas;
        const dust = smooth(0.05, 0.62, fractal(noise, x * 1.7 - bendX * 1.1, y * 1.7 + bendY, 5)) * 0.72;
        const hue = clamp(0.5 + fractal(noise, x * 0.5 + 50, y * 0.5, 3) * 0.95 + along * 0.12);
        const core = Math.max(0, gas - 0.42) * 1.5;
        for (let channel = 0; channel < 3; channel += 1) {
          const colour =
            hue < 0.5
              ? (one?.[channel] ?? 0) * (1 - hue * 2) + (two?.[channel] ?? 0) * hue * 2
              : (two?.[channel] ?? 0) * (2 - hue * 2) + (three?.[channel] ?? 0) * (hue * 2 - 1);
          const light = colour * (gas * 0.85 + threads * 1.1) * (1 - dust) + 255 * core * 0.4 * (1 - dust * 0.6);
          out[at + channel] = (dark[channel] ?? 0) * (1 - gas * 0.4) + light;
        }
        out[at + 3] = 255;
      });
      pen.imageSmoothingQuality = "high";
      pen.drawImage(cloud, -bleed, -bleed, across, down);
    },
  };
}

/** A few stars near enough for rays. */
function brightStars(studio: Studio): Layer {
  const { palette, width, height, unit } = studio;
  const chance = studio.chance("bright stars");
  const colours = glowing(studio);
  const stars = Array.from({ length: chance.whole(5, 9) }, () => ({
    x: width * chance.next(),
    y: height * chance.next(),
    size: unit * chance.between(2, 5.5),
    colour: mix(palette.light, chance.pick(colours), 0.4),
    phase: chance.between(0, 6.28),
  }));
  return {
    name: "bright stars",
    depth: 0.1,
    live(pen, seconds) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      for (const { x, y, size, colour, phase } of stars) {
        const bright = 0.82 + 0.18 * Math.sin(phase + seconds * 2.2);
        glow(pen, x, y, size * 13, colour, 0.6 * bright);
        for (const [dx, dy] of [
          [1, 0],
          [0, 1],
        ] as const) {
          const long = size * 10 * bright;
          const ray = pen.createLinearGradient(x - dx * long, y - dy * long, x + dx * long, y + dy * long);
          ray.addColorStop(0, css(colour, 0));
          ray.addColorStop(0.5, css(lighter(colour, 0.1), 0.85));
          ray.addColorStop(1, css(colour, 0));
          pen.fillStyle = ray;
          pen.fillRect(
            x - dx * long - dy * unit * 0.7,
            y - dy * long - dx * unit * 0.7,
            dx * long * 2 + dy * unit * 1.4,
            dy * long * 2 + dx * unit * 1.4,
          );
        }
        pen.fillStyle = css(lighter(colour, 0.2));
        pen.beginPath();
        pen.arc(x, y, size * 0.75, 0, Math.PI * 2);
        pen.fill();
      }
      pen.restore();
    },
  };
}

/** A spiral of stars seen from the side. */
function galaxy(studio: Studio): Layer {
  const { palette, width, height, unit, detail } = studio;
  const chance = studio.chance("galaxy");
  const [x, y] = [width * chance.between(0.4, 0.6), height * chance.between(0.4, 0.58)];
  const tilt = chance.between(0.32, 0.62);
  const turn = chance.between(-0.6, 0.6);
  const arms = chance.pick([2, 2, 3, 4]);
  const radius = unit * chance.between(330, 430);
  const [cool, warm, other] = glowing(studio);
  return {
    name: "galaxy",
    depth: 0.12,
    draw(pen) {
      pen.save();
      pen.translate(x, y);
      pen.rotate(turn);
      pen.scale(1, tilt);
      pen.globalCompositeOperation = "screen";
      glow(pen, 0, 0, radius * 1.15, mix(cool, warm, 0.4), 0.34);
      glow(pen, 0, 0, radius * 0.42, mix(palette.light, warm, 0.35), 0.95);
      for (let star = 0; star < 7_000 * Math.min(2, detail); star += 1) {
        const out = chance.next() ** 0.75;
        const arm = (star % arms) * ((Math.PI * 2) / arms);
        const loose = (chance.next() + chance.next() + chance.next() - 1.5) * (0.62 - out * 0.2);
        const angle = arm + out * 5.2 + loose;
        const far = out * radius * (1 + loose * 0.06);
        const colour = chance.happens(0.12) ? other : mix(mix(palette.light, warm, 0.4), cool, out * 1.3);
        const size = unit * (0.7 + 1.9 * chance.next() ** 4);
        pen.fillStyle = css(lighter(colour, 0.06), 0.3 + 0.55 * chance.next());
        pen.fillRect(Math.cos(angle) * far, Math.sin(angle) * far, size, size / tilt);
        if (star % 26 === 0)
          glow(pen, Math.cos(angle) * far, Math.sin(angle) * far, unit * chance.between(14, 46), colour, 0.2);
      }
      pen.restore();
    },
  };
}

type World = { x: number; y: number; radius: number; ring: boolean; depth: number };

/** A world of bands or continents, lit from one side, with air and perhaps a ring. */
function planet(studio: Studio, name: string, { x, y, radius, ring, depth }: World): Layer {
  const { palette, scale, unit } = studio;
  const chance = studio.chance(name);
  const noise = studio.noise(name);
  const banded = ring || chance.happens(0.5);
  const tilt = chance.between(-0.5, 0.5);
  const [cool, warm, other] = glowing(studio);
  const body = chance.pick([
    [mix(warm, palette.zenith, 0.55), warm, mix(other, palette.light, 0.5), palette.light],
    [mix(cool, palette.zenith, 0.6), cool, mix(cool, palette.light, 0.6), mix(other, palette.light, 0.4)],
    [palette.zenith, mix(palette.leaf, cool, 0.5), palette.sky, palette.light],
  ]);
  const colours = table(body);
  const light = chance.pick([-1, 1]);
  const air = toRgb(lighter(mix(cool, palette.light, 0.3), 0.04));
  const drawRing = (pen: Pen, front: boolean) => {
    pen.save();
    pen.translate(x, y);
    pen.rotate(tilt);
    const grain = studio.chance(`${name} ring`);
    for (let band = 0; band < 46; band += 1) {
      const at = 1.32 + (band / 46) * 0.92;
      const gap = Math.abs(at - 1.86) < 0.035;
      pen.strokeStyle = css(
        mix(mix(warm, palette.light, 0.5), palette.far, grain.next() * 0.8),
        gap ? 0.03 : 0.16 + 0.5 * grain.next(),
      );
      pen.lineWidth = (radius * 0.92) / 42;
      pen.beginPath();
      pen.ellipse(0, 0, radius * at, radius * at * 0.27, 0, front ? 0 : Math.PI, front ? Math.PI : Math.PI * 2);
      pen.stroke();
    }
    pen.restore();
  };
  return {
    name,
    depth,
    solid: true,
    draw(pen) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      glow(pen, x + light * radius * 0.25, y - radius * 0.15, radius * 1.7, cool, 0.3);
      pen.restore();
      if (ring) drawRing(pen, false);
      const size = Math.round(Math.min(900, radius * 2.2 * scale));
      const globe = computed(size, size, (u, v, out, at) => {
        const px = (u - 0.5) * 2.2;
        const py = (v - 0.5) * 2.2;
        const from = px * px + py * py;
        const edge = Math.sqrt(from);
        if (edge > 1.1) return;
        const pz = Math.sqrt(Math.max(0, 1 - from));
        const sun = px * light * 0.72 - py * 0.42 + pz * 0.55;
        if (edge > 1) {
          const halo = (1.1 - edge) * 10;
          out.set([...air, 150 * halo * halo * clamp(sun + 0.25)], at);
          return;
        }
        const qx = px * Math.cos(tilt) + py * Math.sin(tilt);
        const qy = -px * Math.sin(tilt) + py * Math.cos(tilt);
        const bend = fractal(noise, qx * 1.4 + 5, qy * 3, 4) * (banded ? 0.09 : 0.5);
        const value = banded
          ? 0.5 +
            0.34 * Math.sin((qy + bend) * 13 + Math.sin((qy + bend) * 5) * 2) +
            fractal(noise, qx * 0.8, (qy + bend) * 16, 3) * 0.3
          : 0.5 + fractal(noise, qx * 1.7 + bend, qy * 1.7 + pz, 6) * 0.85;
        const step = Math.floor(clamp(value) * 255) * 3;
        const day = smooth(-0.12, 0.8, sun) * 1.12 + 0.025;
        const rim = (1 - pz) ** 3 * clamp(sun + 0.2) * 0.75;
        for (let channel = 0; channel < 3; channel += 1)
          out[at + channel] = (colours[step + channel] ?? 0) * day * (1 - rim * 0.5) + (air[channel] ?? 0) * rim;
        out[at + 3] = 255 * smooth(1.0, 1 - 3 / (radius * scale + unit), edge);
      });
      pen.imageSmoothingQuality = "high";
      pen.drawImage(globe, x - radius * 1.1, y - radius * 1.1, radius * 2.2, radius * 2.2);
      if (ring) drawRing(pen, true);
    },
  };
}

/** Comets with two tails that cross the picture. */
function comets(studio: Studio): Layer {
  const { palette, brief, width, height, unit } = studio;
  const chance = studio.chance("comets");
  const [cool] = glowing(studio);
  const way = chance.pick([-1, 1]);
  const list = Array.from({ length: Math.max(1, Math.min(9, brief.things.get("comet") ?? 1)) }, () => ({
    x: width * chance.between(0.25, 0.75),
    y: height * chance.between(0.15, 0.6),
    size: unit * chance.between(5, 10),
    speed: unit * chance.between(20, 60),
  }));
  return {
    name: "comets",
    depth: 0.3,
    live(pen, seconds) {
      pen.save();
      pen.globalCompositeOperation = "screen";
      for (const { x, y, size, speed } of list) {
        pen.save();
        pen.translate(x - way * speed * seconds, y + speed * 0.35 * seconds);
        pen.rotate(-way * 0.34);
        for (const [long, wide, alpha] of [
          [46, 3.4, 0.5],
          [34, 1.2, 0.85],
          [24, 6, 0.25],
        ] as const) {
          const tail = pen.createLinearGradient(0, 0, way * size * long, 0);
          tail.addColorStop(0, css(mix(palette.light, cool, 0.3), alpha));
          tail.addColorStop(1, css(cool, 0));
          pen.fillStyle = tail;
          pen.beginPath();
          pen.moveTo(0, -size * 0.6);
          pen.lineTo(way * size * long, -size * wide);
          pen.lineTo(way * size * long, size * wide);
          pen.lineTo(0, size * 0.6);
          pen.fill();
        }
        glow(pen, 0, 0, size * 6, palette.light, 0.9);
        pen.restore();
      }
      pen.restore();
    },
  };
}
