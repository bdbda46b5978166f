export { fillWithDemo } from "./fill-with-demo.ts";
export { labelAsDemo } from "./label-as-demo.ts";
