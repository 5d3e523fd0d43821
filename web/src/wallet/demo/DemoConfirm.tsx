import { FlaskConical } from "lucide-react";
import { useAppConfig } from "../../config/ConfigContext.ts";
import { formatEther } from "../../format/money.ts";
import { useT } from "../../i18n/react.tsx";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import css from "./DemoConfirm.module.css";
import { contractAt } from "./describe.ts";
import { Fields } from "./Fields.tsx";
import { type DemoAsk, useDemoRequest } from "./requests.ts";

function Ask({ ask }: { ask: DemoAsk }) {
  const t = useT();
  const { contracts } = useAppConfig();
  if (ask.kind === "message") {
    return (
      <p className={css.message} translate="no">
        {ask.text}
      </p>
    );
  }
  if (ask.kind === "typedData") {
    const { domain, primaryType, message } = ask.data;
    const verifier = contractAt(domain?.verifyingContract, contracts);
    return (
      <>
        <p className={css.what} translate="no">
          {primaryType} · {verifier ? t(`contract.${verifier}`) : domain?.name}
        </p>
        <Fields entries={Object.entries(message as Record<string, unknown>)} />
      </>
    );
  }
  const { contract, to, functionName, args, value, maxFee, data } = ask.described;
  return (
    <>
      <p className={css.what}>
        {functionName && <code translate="no">{functionName}</code>}{" "}
        {contract ? t("demo.onContract", { contract: t(`contract.${contract}`) }) : t("demo.toAddress")}
      </p>
      <Fields
        entries={[
          ...(contract ? [] : ([[t("demo.to"), to ?? t("demo.newContract")]] as const)),
          ...args.map((arg) => [arg.name, arg.value] as const),
          ...(functionName || data === "0x" ? [] : ([[t("demo.data"), data]] as const)),
          [t("demo.value"), `${formatEther(value)} ETH`],
          [t("demo.maxFee"), `${formatEther(maxFee)} ETH`],
        ]}
      />
    </>
  );
}

/** The demo wallet's own window: what is about to be signed, readable, and two answers. */
export default function DemoConfirm() {
  const t = useT();
  const request = useDemoRequest();
  if (!request) return null;
  return (
    <Dialog
      open
      dismissible={false}
      onClose={request.reject}
      title={t(`demo.title.${request.ask.kind}`)}
      foot={
        <>
          <Button variant="primary" onClick={request.confirm}>
            {t(request.ask.kind === "transaction" ? "demo.confirm" : "demo.sign")}
          </Button>
          <Button onClick={request.reject}>{t("demo.reject")}</Button>
        </>
      }
    >
      <div className={css.label}>
        <Badge tone="held" icon={FlaskConical} framed>
          {t("demo.testMoney")}
        </Badge>
        <Badge>
          <span translate="no">{request.account}</span>
        </Badge>
      </div>
      <Ask ask={request.ask} />
    </Dialog>
  );
}
