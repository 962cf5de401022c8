// Values that built-in attributes have in the real world, to try a pattern on where no cluster is chosen. They only
// have to be typical, not complete.

import { builtInAttributes } from "../subjects";

/** Typical values of a built-in attribute; undefined where anything is possible. */
export function sampleValues(attribute: string): readonly string[] | undefined {
  if (attribute === "ecs.instance-type") return instanceTypes();
  if (attribute === "ecs.availability-zone") return zones();
  return builtInAttributes.get(attribute)?.values;
}

const families =
  "t1 t2 t3 t3a t4g m4 m5 m5a m5d m5n m5dn m5zn m6a m6g m6gd m6i m7g m7i m7i-flex m8g c4 c5 c5a c5d c5n c6g c6i c7g r4 r5 r5b r6g r7i x1 x1e x2gd z1d i3 i3en i4i im4gn d2 d3 h1 a1 g2 g3 g3s g4dn g4ad g5 g5g g6 p2 p3 p3dn p4d p5 inf1 inf2 trn1 vt1 dl1 f1 mac1".split(
    " ",
  );
const sizes = "large xlarge 12xlarge micro medium metal".split(" ");
const regions =
  "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-central-1 eu-north-1 ap-south-1 ap-southeast-1 ap-southeast-2 ap-northeast-1 us-gov-west-1".split(
    " ",
  );

let types: readonly string[] | undefined;

function instanceTypes(): readonly string[] {
  types ??= families.flatMap((family) => sizes.map((size) => `${family}.${size}`));
  return types;
}

function zones(): readonly string[] {
  return regions.flatMap((region) => ["a", "b", "c", "d"].map((letter) => `${region}${letter}`));
}
