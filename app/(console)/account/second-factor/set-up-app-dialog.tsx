import QRCode from "qrcode";
import { Dialog } from "#components/ui/dialog.tsx";
import { viewPendingTotp } from "#lib/second-factor/index.ts";
import { read } from "#lib/web/read.ts";
import { ConfirmAppForm } from "./confirm-app-form.tsx";

/** The QR code and its text, until the first code confirms them; after that only the form's answer is left. */
export async function SetUpAppDialog({ closeHref }: { closeHref: string }) {
  const pending = await read(viewPendingTotp, {});
  const shown = pending && { secret: pending.secret, picture: await pictureOf(pending.uri) };
  return (
    <Dialog title="Set up an authenticator app" closeHref={closeHref} size="small">
      <ConfirmAppForm closeHref={closeHref} pending={shown} />
    </Dialog>
  );
}

/** Black on white whatever the theme: cameras need it. */
async function pictureOf(uri: string): Promise<string> {
  const svg = await QRCode.toString(uri, { type: "svg", margin: 3, errorCorrectionLevel: "M" });
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
}
